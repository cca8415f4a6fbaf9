// The page that explains an error: what is pasted stays in the browser, and is explained while it is
// edited. The address may name a reason (#api/REASON or #api/REASON:2), whose example is shown then.
import { explain } from "./reasonbook-explain.js";

const PAUSE = 150; // milliseconds without a key before the text is explained

const read = async (address) => {
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.url}: HTTP ${response.status}`);
  return response.json();
};

const element = (tag, className, ...children) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

// HTML that the site itself wrote.
const written = (tag, className, html) => {
  const made = element(tag, className);
  made.innerHTML = html;
  return made;
};

const plural = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

const section = (level, heading, ...content) =>
  element("section", "rb-explained", written(level, "", heading), ...content);

const plainSection = (level, heading, ...content) => {
  const made = element("section", "rb-explained", element(level, "", heading));
  made.append(...content);
  return made;
};

// The validator is bundled from npm, and not there where that was not done.
const validator = () =>
  import("./reasonbook-json-schema.js").then(({ validate }) => validate, () => null);

export const attach = async (place) => {
  const root = new URL(place.dataset.root, document.baseURI);
  const field = place.querySelector("textarea");
  const output = place.querySelector(".rb-explanations");
  const status = place.querySelector("[role=status]");
  const files = place.dataset.books.split(" ");
  const books = await Promise.all(files.map((name) => read(new URL(`_static/${name}`, root))));
  const validate = await validator();
  place.querySelector(".rb-without-script").remove();
  const book = { apis: books };
  const pageOf = (api, { slug }) => new URL(`${api.folder}reasons/${slug}${api.suffix}`, root).href;

  const goTo = (line, column) => {
    const lines = field.value.split("\n");
    const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    const start = before + column - 1;
    field.focus();
    field.setSelectionRange(start, before + (lines[line - 1] || "").length);
    const height = parseFloat(getComputedStyle(field).lineHeight) || 20;
    field.scrollTop = Math.max(0, (line - 3) * height);
  };

  const faults = (found, api, level) => {
    const list = element("ul", "rb-faults");
    for (const { line, column, message } of found) {
      const button = element("button", "", `Line ${line}`);
      button.type = "button";
      button.addEventListener("click", () => goTo(line, column));
      list.append(element("li", "", button, ` ${message}`));
    }
    const heading = api ? `This differs from what is documented of ${api.title}` : "What is wrong with this text";
    return plainSection(level, heading, list);
  };

  const reasonLink = (api, name) => {
    const link = element("a", "", element("code", "", name));
    link.href = pageOf(api, api.reasons[name]);
    return link;
  };

  const reason = (each, level) => {
    const { api, code, reason: known, near, name } = each;
    if (!known) {
      const heading = `${code} is not in the catalogue of ${api.title}`;
      if (!near.length) return plainSection(level, heading);
      const said = element("p", "", "Did you mean ");
      near.forEach((other, index) => said.append(index ? " or " : "", reasonLink(api, other)));
      said.append("?");
      return plainSection(level, heading, said);
    }
    const made = section(level, known.heading, written("div", "", known.html));
    if (code !== name) {
      const only = `${code} is not listed; this holds for any ${name}.`;
      made.querySelector(level).after(element("p", "", only));
    }
    const link = element("a", "", "Permanent page of this reason");
    link.href = pageOf(api, known);
    made.append(element("p", "", link));
    return made;
  };

  const decision = ({ api, status: http, heading, html }, level) => {
    if (!http) {
      const said = element("p", "", "Paste the whole answer, as ", element("code", "", "curl -i"), " prints it.");
      return plainSection(level, "No reason and no HTTP status are shown", said);
    }
    const made = heading
      ? section(level, heading)
      : plainSection(level, `By the HTTP status, ${http} (${api.title})`);
    if (html) made.append(written("div", "", html));
    return made;
  };

  const shown = (each, level) => [
    ...each.named.map((one) => reason(one, level)),
    ...each.outside.map(({ heading, html }) => section(level, heading, written("div", "", html))),
    ...each.decisions.map((one) => decision(one, level)),
    ...(each.faults.length ? [faults(each.faults, each.apis.length === 1 ? each.apis[0] : null, level)] : []),
  ];

  const summary = (found) => {
    if (!found.length) return "";
    const reasons = found.flatMap(({ named }) => named.filter(({ reason: known }) => known));
    const wrong = found.flatMap(({ faults: each }) => each);
    const first = reasons.length
      ? `${plural(reasons.length, "reason")} found`
      : found.some(({ outside }) => outside.length) ? "Not an error body" : "No known reason";
    const unchecked = validate ? "" : " The body is not checked by its schema here.";
    return `${first}${wrong.length ? `, ${plural(wrong.length, "difference")} from what is documented` : ""}.${unchecked}`;
  };

  const update = () => {
    const found = explain(book, field.value, validate || (() => []));
    const several = found.length > 1;
    output.replaceChildren(...found.flatMap((each, index) => {
      const inner = shown(each, several ? "h3" : "h2");
      if (!several) return inner;
      const number = each.answer.entry ? `Entry ${each.answer.entry}` : `Answer ${index + 1}`;
      const http = each.answer.status ? `, HTTP ${each.answer.status}` : "";
      return [element("h2", "", `${number}${http}`), ...inner];
    }));
    status.textContent = summary(found);
  };

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, PAUSE);
  });

  // The example of a reason that the address names.
  const open = async () => {
    const [, apiName, name, number] = /^#([^/]+)\/(.+?)(?::(\d+))?$/.exec(decodeURIComponent(window.location.hash)) || [];
    const api = book.apis.find((each) => each.name === apiName);
    const known = api && (Object.hasOwn(api.reasons, name) ? api.reasons[name] : Object.values(api.reasons).find(({ slug }) => slug === name));
    if (!known) return;
    const { examples } = await read(new URL(`${api.folder}reasons/${known.slug}.json`, root));
    const example = examples[Number(number || 1) - 1];
    if (!example) {
      field.value = name;
    } else {
      const http = example.http ?? (known.http.length === 1 && known.is_response ? known.http[0] : null);
      const hasType = Object.keys(example.headers).some((each) => each.toLowerCase() === "content-type");
      const headers = { ...(hasType ? {} : { "Content-Type": api.envelopes[known.envelope].media_type }), ...example.headers };
      const head = [`HTTP/1.1 ${http}`, ...Object.entries(headers).map(([key, value]) => `${key}: ${value}`)];
      field.value = Number.isInteger(http) ? `${head.join("\n")}\n\n${example.body}` : example.body;
    }
    update();
  };
  window.addEventListener("hashchange", () => { open().catch(failed); });
  await open();
  if (field.value) update();
};

const place = document.querySelector(".rb-explain");
const failed = (error) => {
  place.querySelector("[role=status]").textContent = `This page could not load what it needs: ${error.message}`;
};
if (place) attach(place).catch(failed);
