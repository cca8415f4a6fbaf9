// Opens the accordion that an address names, and all of them for print.
// Current browsers do the first by themselves; this is for the others.
// The box that finds a reason is loaded when it is used; the key / leads to it.
(() => {
  "use strict";
  const here = document.currentScript.src;

  // A code in another spelling leads to the place of the code.
  const plain = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_");
  const respelt = (id) =>
    [...document.querySelectorAll(":is(details.rb-reason, table.rb-table) [id]")]
      .find((element) => plain(element.id) === plain(id));

  const openTarget = () => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    const named = id && document.getElementById(id);
    const target = named || (id && respelt(id));
    if (target && !named) history.replaceState(history.state, "", `#${encodeURIComponent(target.id)}`);
    const accordion = target && target.closest("details");
    if (accordion) accordion.open = true;
    if (target && (accordion || !named)) target.scrollIntoView({ behavior: "instant" });
  };

  // What was open is open again when one comes back; an accordion that is opened is in the address.
  const accordions = () => [...document.querySelectorAll("details.rb-reason")];
  const anchorOf = (accordion) => accordion.querySelector(".sd-summary-content [id]")?.id;
  const keep = () => {
    const open = accordions().flatMap((one, index) => (one.open ? [index] : []));
    history.replaceState({ ...history.state, open }, "");
  };
  const openAgain = () => {
    const all = accordions();
    (history.state?.open || []).forEach((index) => { if (all[index]) all[index].open = true; });
  };
  document.addEventListener("click", (event) => {
    const accordion = event.target.closest?.("details.rb-reason > summary")?.parentElement;
    const id = accordion && anchorOf(accordion);
    if (!id) return;
    const isNamed = decodeURIComponent(window.location.hash) === `#${id}`;
    const address = window.location.pathname + window.location.search;
    if (!accordion.open) history.replaceState(history.state, "", `#${encodeURIComponent(id)}`);
    else if (isNamed) history.replaceState(history.state, "", address);
  });
  document.addEventListener("toggle", keep, true);

  // What folds on a phone is open where there is room; until here, the styles show it there.
  const room = window.matchMedia("print, (width > 46rem)");
  const fold = () => {
    document.querySelectorAll("details.rb-folds").forEach((one) => {
      one.open = room.matches;
      one.dataset.ready = "";
    });
  };

  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details.rb-reason:not([open])")];
    closed.forEach((accordion) => { accordion.open = true; });
  });
  window.addEventListener("afterprint", () => {
    closed.forEach((accordion) => { accordion.open = false; });
  });

  const setUpBox = () => {
    const form = document.querySelector("form.rb-find");
    if (!form) return;
    const field = form.querySelector("[role=combobox]");
    const script = new URL(form.dataset.script, document.baseURI);
    let box;
    const load = () => (box ||= import(script).then(({ attach }) => attach(form)));
    form.addEventListener("focusin", load);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      load().then(({ submit }) => submit()).catch(() => form.submit());
    });
    // Before others who listen: themes have that key for their own search.
    window.addEventListener("keydown", (event) => {
      const isText = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || isText || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      field.focus();
      field.select();
    }, true);
    if (document.activeElement === field) load();
  };

  const start = () => {
    fold();
    room.addEventListener("change", fold);
    openAgain();
    openTarget();
    setUpBox();
    if (document.querySelector(".rb-exchange")) import(new URL("reasonbook-copy.js", here));
  };
  window.addEventListener("hashchange", openTarget);
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
