// What someone pasted: an error body, a response of curl, a HAR file, a line of a log. The rules are
// those of reasonbook/explaining/pasted.py; one table of cases holds both.

const STATUS_LINE = /^(?:[<*] )?HTTP\/\d(?:\.\d)? +([1-5]\d\d)\b *(.*)$/;
const HEADER = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*(.*)$/;
const NUMBER = /(?<![\w.:/-])[1-5]\d\d(?![\w/-]|[.:]\d)/;
const LOGGED_STATUS = ["status", "status_code", "statusCode", "http_status", "code"];
const PAGE = /^\s*<(?:!doctype|html|head|body|\?xml)\b/i;
const TRIES = 50; // braces of a line of a log after which JSON is looked for

const answer = (more) =>
  ({ body: "", status: null, headers: null, line: 1, entry: null, url: "", isPart: false, ...more });

export const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// The body of an entry; a browser may have written it in base64.
const contentOf = ({ text, encoding }) => {
  if (typeof text !== "string") return "";
  if (encoding !== "base64") return text;
  try {
    const bytes = Uint8Array.from(atob(text.replace(/[\s=]/g, "")), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return "";
  }
};

const statusOf = (value) => (Number.isInteger(value) && value >= 100 && value < 600 ? value : null);

const isEntry = (entry) => isObject(entry) && isObject(entry.response) && typeof entry.response.status === "number";

const ofEntry = (entry, number) => {
  const { response, request } = entry;
  const listed = (Array.isArray(response.headers) ? response.headers : []).filter(
    (each) => isObject(each) && typeof each.name === "string" && typeof each.value === "string",
  );
  return answer({
    body: isObject(response.content) ? contentOf(response.content) : "",
    status: statusOf(response.status), // 0 where no answer came
    headers: listed.length ? Object.fromEntries(listed.map(({ name, value }) => [name, value])) : null,
    entry: number,
    url: isObject(request) && typeof request.url === "string" ? request.url : "",
  });
};

const har = (data) => {
  const entries = isObject(data) && isObject(data.log) ? data.log.entries : undefined;
  if (!Array.isArray(entries)) return isEntry(data) ? [ofEntry(data, null)] : [];
  const found = entries.map((entry, index) => [entry, index + 1]).filter(([entry]) => isEntry(entry));
  const errors = found.filter(([{ response }]) => response.status < 200 || response.status >= 400);
  return (errors.length ? errors : found).map(([entry, number]) => ofEntry(entry, number));
};

// The last response of what curl printed with -i or -v.
const response = (text) => {
  const lines = text.split("\n");
  const starts = lines.map((line) => STATUS_LINE.exec(line.trim()));
  const first = starts.findLastIndex(
    (start) => start && start[1][0] !== "1" && start[2].toLowerCase() !== "connection established",
  );
  if (first < 0) return null;
  const status = Number(starts[first][1]);
  const headers = {};
  let at = first + 1;
  for (; at < lines.length; at += 1) {
    const header = HEADER.exec(lines[at].replace(/^< ?/, "").trim());
    if (!header) break;
    headers[header[1]] = header[2];
  }
  if (at === lines.length) return answer({ status, headers, line: lines.length });
  const body = lines.slice(at + 1).filter((line) => !/^(?:[*{}<>] |[{}] \[)/.test(line));
  const skipped = Math.max(0, body.findIndex((line) => line.trim()));
  return answer({ body: body.slice(skipped).join("\n"), status, headers, line: at + 2 + skipped });
};

const loggedStatus = (data) =>
  LOGGED_STATUS.map((name) => statusOf(data[name])).find((status) => status) ?? null;

// Lines that are JSON each, as many programs log.
const logRecords = (text) => {
  const lines = text.split("\n").map((line, index) => [line, index + 1]).filter(([line]) => line.trim());
  if (lines.length < 2) return [];
  const records = lines.map(([line, number]) => [line, number, parsed(line)]);
  if (!records.every(([, , data]) => isObject(data))) return [];
  return records.map(([line, number, data]) =>
    answer({ body: line, status: loggedStatus(data), line: number, isPart: true }));
};

// The end of the JSON value that begins at a brace: where the braces outside of strings are even.
const endOf = (text, start) => {
  let depth = 0;
  for (const { 0: mark, index } of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    depth += mark === "{" ? 1 : mark === "}" ? -1 : 0;
    if (!depth) return start + index + 1;
  }
  return -1;
};

// The first JSON object inside a text, as it stands or with escaped quotes.
const inLogLine = (text) => {
  for (const shown of [text, text.replaceAll('\\"', '"').replaceAll("\\\\", "\\")]) {
    const starts = [...shown.matchAll(/\{(?=\s*")/g)].slice(0, TRIES);
    for (const { index } of starts) {
      const end = endOf(shown, index);
      const body = shown.slice(index, end);
      if (end < 0 || parsed(body) === undefined) continue;
      const before = shown.slice(0, index);
      const number = NUMBER.exec(`${before} ${shown.slice(end)}`);
      const line = before.split("\n").length;
      return [answer({ body, status: number ? Number(number[0]) : null, line, isPart: true })];
    }
  }
  return [];
};

// The answers in a text; none where it is only words or a name.
export const readPasted = (pasted) => {
  const text = pasted.replace(/^\ufeff+/, "").replace(/\r\n?/g, "\n");
  const data = parsed(text);
  if (typeof data === "object" && data !== null) {
    const entries = har(data);
    return entries.length ? entries : [answer({ body: text, isPart: true })];
  }
  const one = response(text);
  if (one) return [one];
  const records = logRecords(text);
  if (records.length) return records;
  if (/^\s*[{[]/.test(text) || PAGE.test(text)) return [answer({ body: text })];
  return inLogLine(text);
};
