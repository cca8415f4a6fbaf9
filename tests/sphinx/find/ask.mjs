// Asks the index of the box: reads [index, queries] as JSON, writes what is found for each.
import { readFileSync } from "node:fs";

const [script] = process.argv.slice(2);
const source = readFileSync(script, "utf8");
const { prepare, find } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const [index, queries] = JSON.parse(readFileSync(0, "utf8"));
const ready = prepare(index);
const found = queries.map((query) =>
  find(ready, query).map(({ address, exact, near }) => ({ address, exact, near })));
process.stdout.write(JSON.stringify(found));
