// Asks the index of the box: reads [index, queries] as JSON, writes what is found for each.
import { readFileSync } from "node:fs";

const [script] = process.argv.slice(2);
const { prepare, find } = await import(script);
const [index, queries] = JSON.parse(readFileSync(0, "utf8"));
const ready = prepare(index);
const found = queries.map((query) =>
  find(ready, query).map(({ address, exact, near }) => ({ address, exact, near })));
process.stdout.write(JSON.stringify(found));
