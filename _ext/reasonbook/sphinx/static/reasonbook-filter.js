// Filters the tables of operations or rules by words; the address keeps them as ?filter=.
// A row of operations is found by what its classes send, too; they stay in sight with it.
(() => {
  "use strict";

  const place = document.querySelector(".rb-filter");
  if (!place) {
    return;
  }
  const page = place.parentElement;

  const classes = new Map();
  const rows = [...page.querySelectorAll("table.rb-table > tbody > tr")].map((element) => {
    const table = element.closest("table");
    const row = {
      element,
      isCounted: table.matches(".rb-operations, .rb-rules"),
      text: element.textContent.toLowerCase(),
      classes: [],
    };
    if (table.matches(".rb-classes")) {
      row.sends = element.lastElementChild.textContent.toLowerCase();
      element.querySelectorAll("[id]").forEach(({ id }) => { classes.set(id, row); });
    }
    return row;
  });
  const counted = rows.filter(({ isCounted }) => isCounted);
  for (const row of counted) {
    const links = [...row.element.querySelectorAll("a[href*='#']")];
    const ids = links.map((link) => decodeURIComponent(link.hash.slice(1)));
    row.classes = ["operations-any", ...ids].map((id) => classes.get(id)).filter(Boolean);
    row.text = [row.text, ...row.classes.map(({ sends }) => sends)].join(" ");
  }

  // A group is a section below the page's own. Some themes write no sections: then it is a heading
  // and all up to the next one.
  const groups = [...page.querySelectorAll("h2")].map((heading) => {
    const section = heading.closest("section");
    if (section && section !== page) {
      return { id: section.id, parts: [section] };
    }
    const parts = [heading];
    let next = heading.nextElementSibling;
    for (; next && !next.matches("h2"); next = next.nextElementSibling) {
      parts.push(next);
    }
    return { id: heading.id, parts };
  });

  place.innerHTML = `
    <label for="rb-filter-field">${place.dataset.label}</label>
    <input id="rb-filter-field" type="search" autocomplete="off" autocapitalize="off" spellcheck="false">
    <output for="rb-filter-field"><a></a></output>`;
  const field = place.querySelector("input");
  const result = place.querySelector("output a");

  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = new Set(rows.filter(({ text }) => words.every((word) => text.includes(word))));
    const found = counted.filter((row) => shown.has(row));
    found.forEach((row) => { row.classes.forEach((named) => shown.add(named)); });
    rows.forEach((row) => { row.element.hidden = !shown.has(row); });
    groups.forEach(({ parts }) => {
      const hasRows = parts.some((part) => part.querySelector("tbody > tr:not([hidden])"));
      parts.forEach((part) => { part.hidden = words.length > 0 && !hasRows; });
    });
    result.textContent = `${found.length} of ${counted.length} ${place.dataset.noun}`;
    result.toggleAttribute("href", found.length > 0);
    if (found.length) {
      const holds = (part) => part.contains(found[0].element);
      result.href = `#${groups.find(({ parts }) => parts.some(holds)).id}`;
    }
  };

  field.addEventListener("input", () => {
    const address = new URL(window.location.href);
    if (field.value.trim()) {
      address.searchParams.set("filter", field.value.trim());
    } else {
      address.searchParams.delete("filter");
    }
    window.history.replaceState(window.history.state, "", address);
    filter();
  });

  // A link to a row that the filter hides shows all.
  const showTarget = () => {
    const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    if (target && target.closest("[hidden]")) {
      field.value = "";
      field.dispatchEvent(new Event("input"));
      target.scrollIntoView();
    }
  };

  field.value = new URLSearchParams(window.location.search).get("filter") || "";
  filter();
  window.addEventListener("hashchange", showTarget);
  showTarget();
})();
