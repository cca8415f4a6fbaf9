// Explains texts with the script of the site: reads [book, texts] as JSON, writes rows of the table.
import { readFileSync } from "node:fs";

const [explaining, validating] = process.argv.slice(2);
const { explain } = await import(explaining);
const { validate } = await import(validating);
const [book, texts] = JSON.parse(readFileSync(0, "utf8"));
const row = ({ answer, named, faults, outside, decisions }) => ({
  http: answer ? answer.status : null,
  reasons: named.filter(({ reason }) => reason).map(({ api, name }) => `${api.name}/${name}`),
  unknown: named.filter(({ reason }) => !reason).map(({ code }) => code),
  near: named.filter(({ near }) => near.length).map(({ near }) => near[0]),
  outside: outside.map(({ api, name }) => `${api.name}/${name}`),
  by: decisions.map(({ status }) => status),
  faults: [...new Set(faults.map(({ line }) => line))].sort((a, b) => a - b),
});
process.stdout.write(JSON.stringify(texts.map((text) => explain(book, text, validate).map(row))));
