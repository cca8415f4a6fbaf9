// Strict JSON that knows where each part is: for messages that name a line.

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const WORDS = { true: true, false: false, null: null };
const DEEPEST = 200;

export const step = (pointer, name) =>
  `${pointer}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;

// The line and the column, from 1, of a place in a text.
export const placeIn = (text, at) => {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: before.at(-1).length + 1 };
};

class Fault extends Error {
  constructor(at, message) {
    super(message);
    this.at = at;
  }
}

// Returns the value, where each value begins by its JSON Pointer, how numbers are written; or what
// is wrong with the text, and where.
export const readJson = (text) => {
  const places = new Map();
  const written = new Map();
  let at = 0;
  const match = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length || 0;
    return found;
  };
  const expect = (wanted) => {
    match(SPACE);
    const isEnd = at === text.length;
    const shown = isEnd ? "the end of the text" : JSON.stringify(text[at]);
    throw new Fault(isEnd ? text.trimEnd().length : at, `${wanted} is expected, not ${shown}.`);
  };
  const take = (mark) => {
    match(SPACE);
    if (text[at] !== mark) return false;
    at += 1;
    return true;
  };
  const members = (pointer, depth) => {
    const found = {};
    if (take("}")) return found;
    do {
      match(SPACE);
      const start = at;
      const name = match(STRING);
      if (name === undefined) expect("The name of a member in double quotes");
      const key = JSON.parse(name);
      if (Object.hasOwn(found, key)) throw new Fault(start, `The member ${name} is there twice.`);
      if (!take(":")) expect("A colon");
      Object.defineProperty(found, key, {
        value: value(step(pointer, key), depth), enumerable: true, configurable: true, writable: true,
      });
    } while (take(","));
    if (!take("}")) expect("A comma or }");
    return found;
  };
  const items = (pointer, depth) => {
    const found = [];
    if (take("]")) return found;
    do found.push(value(step(pointer, found.length), depth)); while (take(","));
    if (!take("]")) expect("A comma or ]");
    return found;
  };
  const value = (pointer, depth) => {
    match(SPACE);
    places.set(pointer, at);
    if (depth > DEEPEST) throw new Fault(at, "This is nested too deep.");
    if (take("{")) return members(pointer, depth + 1);
    if (take("[")) return items(pointer, depth + 1);
    const string = match(STRING);
    if (string !== undefined) return JSON.parse(string);
    const number = match(NUMBER);
    if (number) {
      written.set(pointer, number);
      return Number(number);
    }
    const word = Object.keys(WORDS).find((each) => text.startsWith(each, at));
    if (word === undefined) expect("A value");
    at += word.length;
    return WORDS[word];
  };
  try {
    const found = value("", 0);
    match(SPACE);
    if (at < text.length) expect("Nothing more");
    return { value: found, places, written };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { fault: error.message, at: error.at };
  }
};
