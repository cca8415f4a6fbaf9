// On the page for a wrong address: leads to the reason, or the page of an API, that was meant.
import { distance } from "./reasonbook-distance.js";

const plain = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_");

// The addresses of an API: its folder, its pages, its reasons, each with the name to compare.
const addresses = (folder, api, suffix) => [
  { name: folder.split("/").at(-2), address: folder, parent: "" },
  ...api.pages.map((name) => ({ name, address: `${folder}${name}${suffix}`, parent: folder })),
  ...api.reasons.map((name) => ({ name, address: `${folder}reasons/${name}${suffix}`, parent: folder })),
];

// Addresses by how far they are from the wrong one: first their name, then their API.
const candidates = (path, known, suffix) => {
  const parts = path.split("/").map((part) => plain(part.replace(/\.(html?|md|json)$/i, "")));
  const named = parts.filter((part) => part && part !== "index");
  const wanted = named.pop() || "";
  const place = named.join("_");
  const found = [];
  for (const [folder, api] of Object.entries(known)) {
    for (const { name, address, parent } of addresses(folder, api, suffix)) {
      const tooLong = Math.abs(name.length - wanted.length) > 4;
      const far = tooLong ? 9 : distance(plain(name), wanted);
      if (far <= Math.max(1, Math.min(4, wanted.length / 4))) {
        const elsewhere = place.includes(plain(parent.replace(/\/$/, ""))) ? 0 : 0.5;
        found.push({ far: far + elsewhere, address });
      }
    }
  }
  found.sort((a, b) => a.far - b.far);
  const best = found.length ? found[0].far : 0;
  return found.filter((item) => item.far <= best + 1).slice(0, 3);
};

const start = async () => {
  const place = document.getElementById("rb-not-found");
  if (!place) return;
  const root = new URL(place.dataset.root, document.baseURI);
  let path;
  try {
    path = decodeURIComponent(window.location.pathname);
  } catch {
    return;
  }
  const response = await fetch(new URL(place.dataset.addresses, root));
  if (!response.ok) return;
  const found = candidates(path, await response.json(), place.dataset.suffix);
  const title = document.createElement("p");
  place.replaceChildren(title);
  if (!found.length) {
    title.textContent = "No page here has a name like that of this address.";
    return;
  }
  const list = document.createElement("ul");
  for (const item of found) {
    const link = document.createElement("a");
    link.href = new URL(item.address, root).href;
    link.textContent = item.address.replace(/(\.html|\/)$/, "");
    list.appendChild(document.createElement("li")).appendChild(link);
  }
  title.textContent = found.length === 1 ? "You probably meant:" : "You may have meant one of these:";
  place.append(list);
};

start().catch(() => {});
