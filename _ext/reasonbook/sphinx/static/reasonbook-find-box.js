// The box that finds a reason: a combobox whose options are links. Loaded when it is first used.
import { find, prepare } from "./reasonbook-find.js";

const read = async (address) => {
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
};

const load = async (folder) => {
  const first = await read(new URL("reasonbook-find.json", folder));
  const others = await Promise.all(first.more.map((name) => read(new URL(name, folder))));
  return prepare({ ...first, apis: [first, ...others].flatMap(({ apis }) => apis) });
};

const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

// As the page of a reason has them.
const badges = ({ http, retry, state }, retries) => [
  ...http.split(", ").filter(Boolean).map((code) => ["http", `${/^\d/.test(code) ? "HTTP " : ""}${code}`, code[0]]),
  ...(retry ? [[`retry-${retry}`, `Retry: ${retries[retry]}`]] : []),
  ...(state ? [[state, state]] : []),
].map(([kind, text, first]) => element("span", `rb-badge rb-${kind}${first ? `-${first}xx` : ""}`, text));

// An answer on two lines: code, HTTP, retry, API; then the cause.
const option = (entry, place, root, retries) => {
  const link = element("a", "rb-answer");
  link.id = `find-result-${place}`;
  link.href = new URL(entry.address, root).href;
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  const head = element("span", "rb-answer-head");
  const name = element(entry.isPage ? "strong" : "code", "", entry.name);
  const said = [entry.title, entry.api].filter(Boolean).join(" · ");
  head.append(name, ...badges(entry, retries), element("span", "rb-answer-api", said));
  link.append(head, element("span", "rb-answer-cause", entry.cause));
  return link;
};

export const attach = (form) => {
  const root = new URL(form.dataset.root, document.baseURI);
  const field = form.querySelector("[role=combobox]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  const index = load(new URL("_static/", root));
  let options = [];
  let active = -1;

  const choose = (place) => {
    active = options.length ? (place + options.length) % options.length : -1;
    options.forEach((link, number) => { link.setAttribute("aria-selected", String(number === active)); });
    if (active < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    }
  };

  const open = (isOpen) => {
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) choose(-options.length - 1);
  };

  const update = async () => {
    const ready = await index;
    const query = field.value;
    const found = find(ready, query);
    const isNear = found.length > 0 && found[0].near;
    options = found.map((entry, place) => option(entry, place, root, ready.retries));
    const group = element("div", "");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", isNear ? "Did you mean" : "Answers");
    const title = element("span", "rb-find-near", isNear ? "Did you mean" : "");
    title.setAttribute("aria-hidden", "true");
    group.append(...(isNear ? [title] : []), ...options);
    list.replaceChildren(group);
    const many = `${options.length} ${options.length === 1 ? "answer" : "answers"}`;
    const said = options.length ? `${isNear ? "Did you mean: " : ""}${many}` : "Nothing found";
    status.textContent = query.trim() ? said : "";
    status.classList.toggle("rb-find-nothing", Boolean(query.trim()) && !options.length);
    open(options.length > 0);
    // What Enter opens is seen; of near spellings one has to be chosen.
    if (options.length && !isNear) choose(0);
    list.scrollTop = 0;
  };

  // Not more than one search at a time, and always one of what is there in the end.
  let running = null;
  let isStale = false;
  const refresh = () => {
    isStale = true;
    running ||= (async () => {
      while (isStale) {
        isStale = false;
        await update();
      }
    })().finally(() => { running = null; });
    return running;
  };

  const submit = async () => {
    await (running || (list.hidden ? refresh() : null));
    if (active >= 0) options[active].click();
    else if (options.length) choose(0);
    else form.submit();
  };

  const keys = {
    ArrowDown: () => choose(active + 1),
    ArrowUp: () => choose(active < 0 ? -1 : active - 1),
    Escape: () => open(false),
  };
  field.addEventListener("keydown", (event) => {
    if (!keys[event.key] || list.hidden || event.isComposing) return;
    event.preventDefault();
    keys[event.key]();
  });
  field.addEventListener("input", refresh);
  field.addEventListener("focus", () => { if (options.length) open(true); });
  // A field of one line would join the lines of what is pasted.
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text").trim().replace(/\s*\n\s*/g, " ");
    event.preventDefault();
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    refresh();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) open(false); });
  if (field.value.trim()) refresh();
  return { submit };
};
