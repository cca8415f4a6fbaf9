// Reads JSON lists of texts, one a line; answers each with the list of their lengths in o200k tokens.
import { createInterface } from "node:readline";
import { encode } from "gpt-tokenizer/encoding/o200k_base";

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(JSON.parse(line).map((text) => encode(text).length)));
}
