// Which reason a text means: a code in any spelling, an HTTP status, words, an operation, an error
// body, a response, a line of a log. The one rule by which answers are put in order.

import { distance } from "./reasonbook-distance.js";

const CODE = 1000; // the query is the code
const IN_TEXT = 400; // the code stands in a longer text as it is written; less in another spelling
const OPERATION = 150; // half of it for its path alone
const WORDS = 100; // every word of the query is in the name; less for other places
const STATUS = 70;
const API = 30; // the name of an API; as much for all that tells its answers from those of others
const OUTSIDE = 0.8; // of two that fit alike, a reason is likelier than what comes in no envelope
const SHOWN = 12;
// How much a word counts in the name, in what the HTTP status is called, in cause and message, and
// in fix, fields and what else a body holds.
const PLACES = [1, 0.6, 0.7, 0.55];

const squash = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

const all = (text, expression) => text.match(expression) || [];
const parts = (text) =>
  all(text.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2").toLowerCase(), /[\p{L}\p{N}]+/gu);

// The words of a text; what is written as one, such as retryAfter or MIN_LENGTH, is there in parts
// and as a whole.
const words = (text) =>
  all(text, /[\p{L}\p{N}]+(?:[_'’-][\p{L}\p{N}]+)*/gu).flatMap((whole) => {
    const own = parts(whole);
    return own.length > 1 ? [...own, squash(whole)] : own;
  });

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// An operation as it is asked for: any host and prefix before its path, any value in its braces.
const pattern = (operation) => {
  const [method, path] = operation.split(/\s+(?=\/)/);
  const template = (text) => text.split(/\{[^}]*\}/).map(escaped).join("[^/\\s?]+");
  const asked = (text) => new RegExp(`${text}/?(?=[\\s?#"',;]|$)`, "i");
  if (!path) return { whole: asked(`(?<!\\w)${template(operation)}`), path: null };
  const place = template(path);
  return { whole: asked(`(?<!\\w)${escaped(method)}\\s+\\S*?${place}`), path: asked(place) };
};

const byOperation = ({ operations }, text) => {
  if (operations.some(({ whole }) => whole.test(text))) return OPERATION;
  return operations.some(({ path }) => path?.test(text)) ? OPERATION / 2 : 0;
};

// Words in their order, to look for some of them as they follow each other.
const sequence = (text) => ` ${all(text.toLowerCase(), /[\p{L}\p{N}]+/gu).join(" ")} `;

// What a code is compared by; one of a single word has no phrase.
const compared = (code) => {
  const phrase = parts(code);
  return {
    code,
    whole: squash(code),
    phrase: phrase.length > 1 ? ` ${phrase.join(" ")} ` : "",
    isWord: /^\p{Ll}+$/u.test(code),
  };
};

// What a row says, as reasonbook/render/data/find.py writes it.
const rowOf = (api, address, [name, , title, http, retry, state, cause, message, rest, operations]) => {
  const statuses = all(http, /\d{3}/g);
  const standard = statuses.map((code) => api.http[code] || "").join(" ");
  const own = new Set(parts(name));
  return {
    ...{ name, title, http, retry, state, cause, statuses, address, api: api.title, marks: api.marks },
    ...{ codes: name.split("/").map(compared), wholeName: squash(name), wholeTitle: squash(title) },
    length: name.length,
    // The reason that is called as its status is comes first of those with that status.
    usual: parts(standard).filter((word) => own.has(word)).length / statuses.length || 0,
    operations: operations ? operations.split("\n").map(pattern) : [],
    texts: [`${name} ${title}`, standard, `${cause} ${message}`, rest],
  };
};

// Makes an index ready to be asked.
export const prepare = (index) => {
  const reasons = index.apis.flatMap((api) => [
    ...api.reasons.map((row) => rowOf(api, `${api.folder}${row[1] || row[0]}${index.suffix}`, row)),
    // What comes in no envelope has no code: its name is ours.
    ...(api.outside || []).map((row) => ({
      ...rowOf(api, `${api.overview}${index.suffix}#outside`, row),
      ...{ codes: [], wholeName: "", isOutside: true },
    })),
  ]);
  const guides = (index.guides || []).map(([address, title, cause]) => ({
    ...{ name: title, title: "", http: "", retry: "", state: "", cause, api: "", address, isPage: true },
    ...{ codes: [], marks: [], wholeName: "", wholeTitle: "", statuses: [], operations: [], texts: [title, "", cause, ""] },
  }));
  const pages = index.apis.flatMap((api) => Object.entries(api.http).map(([code, title]) => ({
    ...{ name: `HTTP ${code}`, title, http: "", retry: "", state: "", api: api.title, isPage: true },
    ...{ cause: "What the API means by it, and all its reasons", code, words: parts(title), exact: false, near: false },
    address: `${api.statuses}${index.suffix}#http-${code}`,
  })));
  const statuses = [...new Map(pages.map((page) => [page.address, page])).values()];
  const entries = [...reasons, ...guides];
  const found = new Map(); // by word, the entries with their weights
  for (const entry of entries) {
    const own = new Map();
    entry.texts.forEach((text, place) => {
      for (const word of words(text)) if (!own.has(word)) own.set(word, PLACES[place]);
    });
    for (const [word, weight] of own) {
      if (!found.has(word)) found.set(word, []);
      found.get(word).push([entry, weight]);
    }
  }
  const apis = [...new Set(index.apis.map((api) => api.title))];
  const fillers = new Set((index.fillers || "").split(" "));
  return { apis, fillers, retries: index.retries, entries, statuses, found, vocabulary: [...found.keys()] };
};

const ENDING = /(?:ing|ed|es|s|e)$/; // credits as credit, expires as expired

// The words of the index that one of a query may mean, with how well each fits.
const meant = (index, word, isLast, mayBeMisspelt) => {
  if (index.found.has(word) && !isLast) return [[word, 1]];
  const fits = index.vocabulary
    .filter((known) => known.startsWith(word) && (word.length > 1 || known === word))
    .map((known) => [known, known === word ? 1 : 0.5 + 0.4 * (word.length / known.length)]);
  if (!fits.length) {
    const base = word.replace(ENDING, "");
    const alike = base.length > 3 && index.vocabulary.filter((known) => known.replace(ENDING, "") === base);
    if (alike.length) return alike.map((known) => [known, 0.9]);
  }
  if (fits.length || !mayBeMisspelt || word.length < 4 || /\d/.test(word)) return fits;
  const most = word.length < 8 ? 1 : 2;
  const near = index.vocabulary
    .filter((known) => known.length > 3 && Math.abs(known.length - word.length) <= most)
    .map((known) => [known, distance(word, known)])
    .filter(([, far]) => far <= most);
  const least = Math.min(...near.map(([, far]) => far));
  return near.filter(([, far]) => far === least).map(([known, far]) => [known, 0.8 - 0.1 * far, true]);
};

// How far the words of a query are in each entry: of all that it knows, by how rare each is.
const byWords = (index, asked) => {
  const scores = new Map();
  let all = 0;
  const isShort = asked.length <= 12;
  asked.forEach((word, place) => {
    const best = new Map();
    const fits = meant(index, word, isShort && place === asked.length - 1, isShort);
    for (const [known, fit, isNear] of fits) {
      for (const [entry, weight] of index.found.get(known)) {
        if (fit * weight > (best.get(entry)?.value || 0)) best.set(entry, { value: fit * weight, isNear });
      }
    }
    if (!best.size) return;
    const rarity = Math.log(1 + index.entries.length / best.size);
    all += rarity;
    for (const [entry, { value, isNear }] of best) {
      const said = scores.get(entry) || { value: 0, near: false };
      scores.set(entry, { value: said.value + rarity * value, near: said.near || Boolean(isNear) });
    }
  });
  for (const said of scores.values()) said.value *= WORDS / all;
  return scores;
};

const NAMES = /[\p{L}\p{N}_-]/u;

// Whether a code stands in a text as it is written; one that is an ordinary word, as a value only.
const stands = (text, { code, isWord }) => {
  for (let at = text.indexOf(code); at >= 0; at = text.indexOf(code, at + 1)) {
    const before = text.slice(0, at);
    const isValue = isWord ? /["'=:/]\s*$/.test(before.slice(-3)) : !NAMES.test(before.slice(-1));
    if (isValue && !NAMES.test(text.charAt(at + code.length))) return true;
  }
  return false;
};

// How surely a text holds the code of an entry.
const byCode = ({ codes, wholeName, wholeTitle, length }, { text, whole, chunks, phrase }) => {
  if (whole && whole === wholeName) return CODE;
  if (whole && whole === wholeTitle) return CODE - 100;
  if (whole && codes.some((code) => code.whole === whole)) return CODE - 10;
  const values = codes.map((code) => {
    if (stands(text, code)) return IN_TEXT;
    if (!code.phrase) return 0;
    if (chunks.has(code.whole)) return IN_TEXT - 100;
    return phrase.includes(code.phrase) ? IN_TEXT - 250 : 0;
  });
  const sum = values.reduce((a, b) => a + b, 0);
  if (!values[0] && sum) return sum / 2; // a second level alone
  if (sum) return sum - (values.includes(0) ? IN_TEXT / 2 : 0) + length;
  if (whole.length > 1 && wholeName.startsWith(whole)) return IN_TEXT / 2;
  return whole.length > 3 && wholeName.includes(whole) ? IN_TEXT / 4 : 0;
};

// The HTTP statuses that a text names: of a response, that in its first line.
const statusesIn = (text) => {
  const sent = text.match(/\bHTTP\/[\d.]+"?\s+([1-5]\d\d)(?!\d)/);
  return sent ? [sent[1]] : all(text, /(?<![\p{L}\p{N}_.:/-])[1-5]\d\d(?![\p{L}\p{N}_-]|[.:]\d)/gu);
};

// The entries that a text may mean, best first; `near` ones were found by another spelling.
export const find = (index, query) => {
  const text = query.trim().slice(0, 20000);
  const statuses = statusesIn(text);
  const left = statuses.length ? new Set([...statuses, "http", "error", "status", "code"]) : new Set();
  const sequenceAsked = sequence(text);
  const apis = index.apis.filter((api) => sequenceAsked.includes(sequence(api)));
  const named = new Set(apis.flatMap(words));
  const every = [...new Set(words(text))].filter((word) => !left.has(word));
  const others = every.filter((word) => !named.has(word));
  // Words such as "is" and "no" count where there are no others.
  const telling = others.filter((word) => !index.fillers.has(word));
  const spoken = telling.length ? telling : others;
  const asked = spoken.length || statuses.length ? spoken : every;
  const chunks = new Set(all(text, /[\p{L}\p{N}_-]+/gu).map(squash));
  const said = { text, whole: squash(text), chunks, phrase: ` ${parts(text).join(" ")} ` };
  const scores = byWords(index, asked);
  const found = index.entries.map((entry, order) => {
    const { value, near } = scores.get(entry) || { value: 0, near: false };
    const code = byCode(entry, said);
    const isStatus = entry.statuses.some((one) => statuses.includes(one));
    const status = isStatus ? STATUS + entry.usual : 0;
    // What an operation sends with another status than the one that came is hardly meant.
    const operation = byOperation(entry, text) / (isStatus || !statuses.length ? 1 : 4);
    // Of APIs that have the same code, the one whose host or members of the body are there, too.
    const marks = entry.marks.filter((one) => stands(text, { code: one })).length;
    const isOf = code && code < CODE ? marks / entry.marks.length || 0 : 0;
    const own = (code + operation + status + value) * (entry.isOutside ? OUTSIDE : 1);
    const score = own && own + API * (isOf + apis.includes(entry.api));
    return { ...entry, order, score, exact: code >= CODE - 100, near: near && !code && !operation };
  });
  found.sort((a, b) => b.score - a.score || a.order - b.order);
  const best = Math.max(0, ...found.map((entry) => entry.score));
  const shown = found.filter((entry) => entry.score > best / 3);
  // Who names a status, and nothing else, may look for all that has it.
  const pages = index.statuses.filter(({ api, code, words: known }) =>
    statuses.includes(code) && (!apis.length || apis.includes(api)) && asked.every((word) => known.includes(word) || /^\d$/.test(word))); // of HTTP/1.1
  const reasons = shown.filter((entry) => !entry.isPage).slice(0, SHOWN - pages.length);
  return [...reasons, ...pages, ...shown.filter((entry) => entry.isPage)].slice(0, SHOWN);
};
