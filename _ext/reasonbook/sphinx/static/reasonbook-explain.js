// What the catalogue says of an error that someone got. The rules are those of
// reasonbook/explaining/explanation.py; one table of cases holds both. What an API is, is written by
// reasonbook/render/data/explain.py.

import { distance } from "./reasonbook-distance.js";
import { placeIn, readJson, step } from "./reasonbook-json.js";
import { isObject, parsed, readPasted } from "./reasonbook-pasted.js";

const NESTED = 200; // values inside a log record that are looked at
const NEAR = 3; // known codes that are shown for one that is not known
const LONGEST_WORD = 100; // for which known ones are looked for
const MISSING = Symbol("missing");
// The validator names the keywords that hold others beside what is wrong inside them.
const HOLDERS = new Set(["properties", "items", "prefixItems", "additionalProperties", "$ref", "allOf", "if"]);

const squash = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
const tokens = (pointer) =>
  pointer.split("/").slice(1).map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));

// Every value that a pointer leads to, in which * is every item or member.
const resolveAll = (value, pattern) => {
  let found = [{ pointer: "", steps: [], value }];
  for (const token of tokens(pattern)) {
    found = found.flatMap(({ pointer, steps, value: holder }) => {
      if (typeof holder !== "object" || holder === null) return [];
      const isList = Array.isArray(holder);
      const names = token === "*" ? Object.keys(holder) : [token];
      return names
        .filter((name) => Object.hasOwn(holder, name) && (!isList || /^(?:0|[1-9]\d*)$/.test(name)))
        .map((name) => ({
          pointer: step(pointer, name),
          steps: token === "*" ? [...steps, name] : steps,
          value: holder[name],
        }));
    });
  }
  return found;
};

const resolve = (value, pointer) => {
  const [found] = resolveAll(value, pointer);
  return found ? found.value : MISSING;
};

const valuesAt = (place, body, headers) => {
  if (typeof place === "string") return resolveAll(body, place).filter(({ value }) => value !== null);
  if (place.header) {
    return Object.entries(headers || {})
      .filter(([name]) => name.toLowerCase() === place.header.toLowerCase())
      .map(([, value]) => ({ pointer: "", steps: [], value }));
  }
  const items = resolve(body, place.in);
  return (Array.isArray(items) ? items : []).flatMap((item, index) => {
    const fits = isObject(item)
      && Object.entries(place.where).every(([name, wanted]) => [wanted].flat().includes(item[name]));
    const value = fits ? resolve(item, place.at) : MISSING;
    return value === MISSING ? [] : [{ pointer: step(place.in, index) + place.at, steps: [], value }];
  });
};

const codeOf = ({ pointer, value }, written) => {
  if (typeof value === "number") return written.get(pointer) ?? null;
  return typeof value === "string" ? value : null;
};

const withoutPrefix = (name, prefixes) => {
  const fitting = prefixes.filter((prefix) => name.startsWith(prefix));
  if (!fitting.length) return null;
  return name.slice(Math.max(...fitting.map((prefix) => prefix.length)));
};

// The codes that an error names, from the first place of the envelope that holds any.
const codesIn = (envelope, read, headers) => {
  const body = read.fault ? undefined : read.value;
  const written = read.written || new Map();
  for (const place of envelope.reason) {
    const found = valuesAt(place, body, headers);
    if (!found.length) continue;
    return found.flatMap((each) => {
      let name = codeOf(each, written);
      if (name !== null && envelope.reason_prefix.length) name = withoutPrefix(name, envelope.reason_prefix);
      if (name !== null && envelope.sub_reason !== null) {
        const sub = valuesAt(envelope.sub_reason, body, headers)
          .filter(({ steps }) => each.steps.every((own, n) => n >= steps.length || own === steps[n]))
          .map((one) => codeOf(one, written))[0];
        if (sub) name = `${name}/${sub}`;
      }
      return name ? [{ name, pointer: each.pointer }] : [];
    });
  }
  return [];
};

const reasonOf = (api, name) => (Object.hasOwn(api.reasons, name) ? api.reasons[name] : undefined);

// The known words most like one that is not known.
const nearest = (word, known) => {
  if (word.length > LONGEST_WORD) return [];
  const own = squash(word);
  const most = Math.max(1, Math.floor(own.length / 2));
  return known
    .map((name) => [name, distance(own, squash(name))])
    .filter(([, far]) => far <= most)
    .sort(([, a], [, b]) => a - b)
    .slice(0, NEAR)
    .map(([name]) => name);
};

const named = (api, { name, pointer }) => {
  const code = reasonOf(api, name) ? name : name.split("/")[0];
  const reason = reasonOf(api, code);
  const near = reason ? [] : nearest(name, Object.keys(api.reasons));
  return { api, code: name, pointer, name: reason ? code : null, reason, near };
};

const decide = (api, status) => {
  const said = status ? api.http[status] : undefined;
  const byClass = ({ http }) => (Array.isArray(http) ? http.includes(status) : http[0] === String(status)[0]);
  return { api, status, ...(said || (status ? api.fallback.find(byClass) : undefined)) };
};

// Explaining a name

const called = (apis, asked) =>
  apis.flatMap((api) => {
    const bare = withoutPrefix(asked, api.envelopes[0].reason_prefix);
    const name = [asked, bare].find((each) => each && reasonOf(api, each));
    return name ? [named(api, { name, pointer: "" })] : [];
  });

const calledAlike = (apis, asked) => {
  const whole = squash(asked);
  return apis.flatMap((api) =>
    Object.entries(api.reasons)
      .filter(([name, { slug, title }]) => {
        const sub = name.split("/")[1];
        return whole && [name, slug, title, sub].some((each) => each && squash(each) === whole);
      })
      .map(([name]) => named(api, { name, pointer: "" })));
};

const mentioned = (apis, text) => {
  const words = new Set(text.match(/[\p{L}\p{N}_./-]*[\p{L}\p{N}_]/gu) || []);
  return apis.flatMap((api) =>
    Object.keys(api.reasons)
      .filter((name) => name.split("/").every((code) => words.has(code)) && !/^[a-z]+$/.test(name.split("/")[0]))
      .map((name) => named(api, { name, pointer: "" })));
};

const explanation = (more) =>
  ({ answer: null, apis: [], named: [], faults: [], outside: [], decisions: [], ...more });

const explainName = (book, text) => {
  const asked = text.trim();
  const { apis } = book;
  const found = [called, calledAlike, mentioned].reduce(
    (before, rule) => (before.length ? before : rule(apis, asked)), [],
  );
  if (found.length) return explanation({ apis: [...new Set(found.map(({ api }) => api))], named: found });
  const status = /^(?:http[ /]*)?([1-5]\d\d)\b/i.exec(asked);
  if (status) {
    return explanation({ apis, decisions: apis.map((api) => decide(api, Number(status[1]))) });
  }
  const code = asked.split(/\s+/)[0];
  const near = nearest(code, [...new Set(apis.flatMap((api) => Object.keys(api.reasons)))]);
  const unknown = apis
    .map((api) => ({ api, code, pointer: "", name: null, near: near.filter((name) => reasonOf(api, name)) }))
    .filter((each) => each.near.length);
  return explanation({ apis, named: unknown.length ? unknown : [{ api: apis[0], code, pointer: "", name: null, near: [] }] });
};

// Explaining an answer

// How a body reads as an error of an API: by the envelope in which it names most known reasons.
const match = (api, read, headers) => {
  const found = api.envelopes
    .map((envelope) => ({ api, envelope, found: codesIn(envelope, read, headers) }))
    .filter((each) => each.found.length)
    .map((each) => ({ ...each, known: each.found.filter(({ name }) => reasonOf(api, name)).length }));
  return found.sort((a, b) => b.known - a.known)[0];
};

const mediaTypeOf = ({ headers }) => {
  const header = Object.entries(headers || {}).find(([name]) => name.toLowerCase() === "content-type");
  return header ? header[1].split(";")[0].trim().toLowerCase() : "";
};

const inWords = ({ keyword, error }) => {
  const missing = keyword === "required" && /property (".*")\.$/.exec(error);
  if (missing) return `the member ${missing[1]} is missing.`;
  if (keyword === "false") return "this member is not allowed here.";
  return error.replace(/^Instance /, "it ").replace(/^String /, "this text ");
};

const violations = (validate, schema, value, at) =>
  validate(schema, value)
    .filter(({ keyword }) => !HOLDERS.has(keyword))
    .map((error) => {
      const pointer = at + error.instanceLocation.slice(1);
      return { pointer, message: `${pointer || "The body"}: ${inWords(error)}` };
    });

const withDetails = (validate, { api, envelope }, reason, value) => {
  const at = envelope.details;
  if (at === null || !reason) return [];
  const details = resolve(value, at);
  if (reason.schema === null) {
    return details === MISSING ? [] : [{ pointer: at, message: `${at || "The body"} is there, but no details are documented.` }];
  }
  if (details === MISSING) {
    return reason.sometimes ? [] : [{ pointer: at, message: `${at} is missing, but details are documented.` }];
  }
  return violations(validate, api.schemas[reason.schema], details, at);
};

const withStatus = ({ api, envelope }, reason, value, status) => {
  const found = [];
  const canonical = envelope.status === null ? MISSING : resolve(value, envelope.status);
  if (reason?.http.length && canonical !== MISSING && Object.keys(api.statuses).length) {
    const allowed = reason.status
      ? [reason.status]
      : Object.keys(api.statuses).filter((name) => reason.http.includes(api.statuses[name]));
    if (!allowed.includes(canonical)) {
      const message = `${envelope.status} is ${JSON.stringify(canonical)}, but ${allowed.join(" or ") || "no status"} is documented.`;
      found.push({ pointer: envelope.status, message });
    }
  }
  const repeated = envelope.http === null ? MISSING : resolve(value, envelope.http);
  const codes = status ? [status] : reason?.http || [];
  if (reason && codes.length && repeated !== MISSING && !codes.map(String).includes(String(repeated))) {
    found.push({ pointer: envelope.http, message: `${envelope.http} is ${JSON.stringify(repeated)}, but the HTTP status is ${codes.join(" or ")}.` });
  }
  return found;
};

const withHeaders = ({ api, envelope }, reason, value, { status, headers }) => {
  if (!headers || !reason) return [];
  const found = [];
  const say = (message) => found.push({ pointer: "", message });
  const type = mediaTypeOf({ headers });
  if (type && type !== envelope.media_type.toLowerCase()) say(`Content-Type is ${type}, but ${envelope.media_type} is documented.`);
  const codes = status ? [status] : reason.http;
  for (const promise of api.headers) {
    if (!codes.some((code) => promise.http === "any" || promise.http.includes(code))) continue;
    const shown = Object.entries(headers).filter(([name]) => name.toLowerCase() === promise.name.toLowerCase());
    if (!shown.length) say(`The header ${promise.name} is missing.`);
    for (const [name, sent] of shown) {
      if (promise.pattern && !new RegExp(`^(?:${promise.pattern})$`, "u").test(sent)) {
        say(`${name} is ${JSON.stringify(sent)}, which does not match ${promise.pattern}.`);
      }
      const wanted = promise.equals === null ? MISSING : resolve(value, promise.equals);
      const text = typeof wanted === "string" ? wanted : JSON.stringify(wanted);
      if (wanted !== MISSING && text !== sent) say(`${name} is ${JSON.stringify(sent)}, but ${promise.equals} is ${text}.`);
    }
  }
  return found;
};

const withFieldCodes = ({ envelope }, reason, { value, written }) => {
  if (envelope.field_code === null || !reason) return [];
  return resolveAll(value, envelope.field_code)
    .map((each) => [each.pointer, codeOf(each, written)])
    .filter(([, code]) => code !== null && !reason.field_codes.includes(code))
    .map(([pointer, code]) => ({ pointer, message: `${pointer} is ${code}, which is not documented.` }));
};

// How an answer differs from what is documented; the lines are those of what was pasted.
const faultsOf = (validate, fit, answer) => {
  const read = readJson(answer.body);
  const at = (where) => {
    let pointer = where;
    while (pointer && !read.places.has(pointer)) pointer = pointer.slice(0, pointer.lastIndexOf("/"));
    const place = placeIn(answer.body, read.places.get(pointer) ?? 0);
    return { ...place, line: place.line + answer.line - 1 };
  };
  if (read.fault) {
    const place = placeIn(answer.body, read.at);
    return [{ ...place, line: place.line + answer.line - 1, message: read.fault }];
  }
  const reason = fit.found.length ? reasonOf(fit.api, fit.found[0].name) : undefined;
  const found = [
    ...violations(validate, fit.envelope.schema, read.value, ""),
    ...withDetails(validate, fit, reason, read.value),
    ...withStatus(fit, reason, read.value, answer.status),
    ...withHeaders(fit, reason, read.value, answer),
    ...withFieldCodes(fit, reason, read),
  ].map(({ pointer, message }) => ({ ...at(pointer), message }));
  for (const { name } of fit.found) {
    const known = reasonOf(fit.api, name);
    if (known?.is_response && answer.status && known.http.length && !known.http.includes(answer.status)) {
      const message = `The HTTP status is ${answer.status}, but ${name} has ${known.http.join(" or ")}.`;
      found.push({ line: 1, column: 1, message });
    }
  }
  return found;
};

const matchesOf = (validate, apis, answer) => {
  const read = readJson(answer.body);
  const found = apis.map((api) => match(api, read, answer.headers)).filter(Boolean);
  const most = Math.max(0, ...found.map(({ known }) => known));
  const best = found.filter(({ known }) => known === most);
  const sound = best.length > 1 ? best.filter((each) => !faultsOf(validate, each, answer).length) : [];
  return sound.length ? sound : best;
};

// A value as JSON; null where it is nested too deep to be written.
const writtenAs = (value) => {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
};

// What is inside a log record and may be an error body, as a body of its own.
const nestedIn = function* (answer) {
  const waiting = [parsed(answer.body)];
  for (let count = 0; count < NESTED && waiting.length; count += 1) {
    let value = waiting.shift();
    if (typeof value === "string" && /^\s*[{[]/.test(value)) value = parsed(value);
    if (typeof value === "object" && value !== null) {
      const body = writtenAs(value);
      if (body !== null) yield { ...answer, body, isPart: false };
      waiting.push(...Object.values(value));
    }
  }
};

const readBy = (validate, apis, answer) => {
  const matches = matchesOf(validate, apis, answer);
  if (answer.isPart && !matches.some(({ known }) => known)) {
    for (const nested of nestedIn(answer)) {
      const inner = matchesOf(validate, apis, nested);
      if (inner.some(({ known }) => known)) return [nested, inner];
    }
  }
  return [answer, matches];
};

const fits = (outside, answer) => {
  const { http, media_type: type } = outside;
  const isEmpty = !answer.body.trim();
  if (http === "none") return answer.status === null && isEmpty && answer.headers === null;
  if (http !== "unknown" && ![http].flat().includes(answer.status)) return false;
  if (type === null) return true;
  return type === "none" ? isEmpty : mediaTypeOf(answer) === type.toLowerCase();
};

const whyNot = (validate, apis, answer) => {
  if (!/^\s*[{[]/.test(answer.body)) return [];
  if (readJson(answer.body).fault || apis.length === 1) {
    return faultsOf(validate, { api: apis[0], envelope: apis[0].envelopes[0], found: [] }, answer);
  }
  return [];
};

const explainAnswer = (book, validate, answer, text) => {
  const where = answer.url || text;
  const byHost = book.apis.filter(({ host }) => host && where.includes(host));
  const apis = byHost.length ? byHost : book.apis;
  const [read, matches] = readBy(validate, apis, answer);
  if (!matches.length) {
    const outside = apis.flatMap((api) =>
      api.outside.filter((each) => fits(each, answer)).map((each) => ({ api, ...each })));
    const deciding = outside.length ? [] : apis.slice(0, answer.status ? apis.length : 1);
    return explanation({
      ...{ answer, apis, outside, faults: whyNot(validate, apis, answer) },
      decisions: deciding.map((api) => decide(api, answer.status)),
    });
  }
  const codes = matches.flatMap(({ api, found }) => found.map((each) => named(api, each)));
  const unknown = [...new Set(codes.filter(({ name }) => !name).map(({ api }) => api))];
  return explanation({
    ...{ answer: read, apis: matches.map(({ api }) => api), named: codes },
    faults: matches.length === 1 ? faultsOf(validate, matches[0], read) : [],
    decisions: unknown.map((api) => decide(api, read.status)),
  });
};

// What the book says of a text; `validate` gives the errors of a value under a JSON Schema.
export const explain = (book, text, validate) => {
  if (!text.trim() || !book.apis.length) return [];
  const answers = readPasted(text);
  if (!answers.length) return [explainName(book, text)];
  return answers.map((answer) => explainAnswer(book, validate, answer, text));
};
