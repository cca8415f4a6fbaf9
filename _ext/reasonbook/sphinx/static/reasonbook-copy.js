// What one takes from an example: each block by a button, the request as a command, and the way to
// the page Explain. The room for all of it is kept by the styles, so that nothing moves.

const SHOWN = 2000; // milliseconds in which a button says that it copied

// The text of a block; of a session in a terminal, what was typed, without prompts and answers.
const textOf = (block) => {
  const pre = block.querySelector("pre");
  if (!pre.querySelector(".gp")) return pre.textContent.replace(/\n$/, "");
  const typed = pre.cloneNode(true);
  typed.querySelectorAll(".gp, .go").forEach((part) => part.remove());
  return typed.textContent.split("\n").filter((line) => line.trim()).join("\n");
};

// Without a secure address browsers give no clipboard: then the text is selected, for the keyboard.
const copy = async (text, place) => {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied";
  } catch {
    getSelection().selectAllChildren(place);
    return "Selected";
  }
};

const copyButton = (label, name, text, place) => {
  const button = document.createElement("button");
  const reset = () => {
    button.textContent = label;
    button.ariaLabel = name;
  };
  button.type = "button";
  button.className = "rb-copy";
  reset();
  button.addEventListener("click", async () => {
    const said = await copy(text(), place());
    button.textContent = said;
    button.ariaLabel = said;
    status().textContent = said;
    setTimeout(reset, SHOWN);
  });
  return button;
};

// Says to those who do not see the button what it did.
const status = () => {
  let place = document.querySelector(".rb-copied");
  if (!place) {
    place = document.createElement("p");
    place.className = "rb-copied";
    place.role = "status";
    document.querySelector("main, [role=main], body").append(place);
  }
  return place;
};

/** Gives a block of code its button, once; *what* names it. */
export const addButton = (block, what) => {
  if (block.querySelector(":scope > .rb-copy")) return;
  block.append(copyButton("Copy", `Copy ${what}`, () => textOf(block), () => block.querySelector("pre")));
};

const NAMES = { "rb-request": "request", "rb-response": "headers", "rb-body": "body" };

const addAll = (exchange, explain) => {
  for (const [kind, name] of Object.entries(NAMES)) {
    exchange.querySelectorAll(`:scope > .${kind}`).forEach((block) => addButton(block, name));
  }
  const { curl, explain: example } = exchange.dataset;
  const bar = document.createElement("div");
  bar.className = "rb-exchange-bar";
  if (curl) {
    const shown = document.createElement("code");
    shown.textContent = curl;
    shown.hidden = true;
    const button = copyButton("Copy as curl", "Copy as curl", () => curl, () => shown);
    // Seen before it is run: it may name what one has to put in.
    button.addEventListener("click", () => { shown.hidden = false; }, true);
    bar.append(button, shown);
  }
  if (example && explain) {
    const link = document.createElement("a");
    link.href = `${explain}#${example.split("/").map(encodeURIComponent).join("/").replaceAll("%3A", ":")}`;
    link.textContent = "Open in Explain";
    bar.append(link);
  }
  if (bar.childNodes.length) exchange.append(bar);
};

const explain = document.querySelector("form.rb-find")?.dataset.explain;
document.querySelectorAll(".rb-exchange").forEach((exchange) => addAll(exchange, explain));
