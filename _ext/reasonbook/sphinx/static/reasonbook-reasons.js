// Filters the list of all reasons by what its columns hold; the address keeps the filters.
(() => {
  "use strict";

  const place = document.querySelector(".rb-reason-filter");
  const page = place && place.closest("section");
  if (!page) return;

  const titleOf = (section) => section?.querySelector(":is(h2, h3, h4)").firstChild.textContent;
  const rows = [...page.querySelectorAll("table.rb-reason-list > tbody > tr")].map((element) => {
    const table = element.closest("table");
    const domain = element.closest("section");
    const headings = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
    const cells = [...element.children].map((cell) => cell.textContent.trim());
    const values = Object.fromEntries(headings.map((heading, number) => [heading, cells[number]]));
    return {
      element,
      text: `${cells.join(" ")} ${domain.textContent.split("\n")[0]}`.toLowerCase(),
      // On the page of one API, the lists are in the same section as the filters.
      api: domain.parentElement === page ? "" : titleOf(domain.parentElement.closest("section")),
      domain: titleOf(domain),
      http: values.HTTP,
      who: values["Who can fix it"],
      retry: values.Retry,
      life: values.Lifecycle,
    };
  });

  const LABELS = { api: "API", domain: "Domain", http: "HTTP", who: "Who can fix it", retry: "Retry", life: "Lifecycle" };
  // A reason may have several HTTP statuses.
  const choices = (row, name) => (row[name] || "").split(name === "http" ? /[\s,]+/ : /$^/).filter(Boolean);
  const known = (name) => [...new Set(rows.flatMap((row) => choices(row, name)))];
  const FILTERS = Object.keys(LABELS).filter((name) => known(name).length > 0);

  const fields = { text: document.createElement("input") };
  fields.text.type = "search";
  for (const name of FILTERS) fields[name] = document.createElement("select");
  const pairs = ["text", ...FILTERS].map((name) => {
    const pair = document.createElement("div");
    const label = document.createElement("label");
    label.textContent = LABELS[name] || "Text";
    label.htmlFor = fields[name].id = `reason-filter-${name}`;
    pair.append(label, fields[name]);
    return pair;
  });
  const clear = document.createElement("button");
  clear.type = "button";
  clear.textContent = "Clear";
  const choosing = document.createElement("div");
  choosing.className = "rb-choices";
  choosing.append(...pairs, clear);
  const result = document.createElement("output");
  place.querySelector("details").append(choosing);
  place.append(result);
  const summary = place.querySelector("summary");

  for (const name of FILTERS) {
    const values = name === "http" ? known(name).sort() : known(name);
    fields[name].append(new Option("any", ""), ...values.map((value) => new Option(value, value)));
  }

  const filter = () => {
    const words = fields.text.value.toLowerCase().split(/[\s_-]+/).filter(Boolean);
    const isShown = (row) =>
      words.every((word) => row.text.includes(word)) &&
      FILTERS.every((name) => !fields[name].value || choices(row, name).includes(fields[name].value));
    rows.forEach((row) => { row.element.hidden = !isShown(row); });
    page.querySelectorAll("section").forEach((section) => {
      section.hidden = !section.querySelector("tbody > tr:not([hidden])");
    });
    const active = Object.values(fields).filter(({ value }) => value.trim()).length;
    summary.textContent = active ? `Filters (${active} active)` : "Filters";
    clear.disabled = !active;
    result.textContent = `${rows.filter((row) => !row.element.hidden).length} of ${rows.length} reasons`;
  };

  const address = () => {
    const url = new URL(window.location.href);
    for (const [name, { value }] of Object.entries(fields)) {
      if (value.trim()) url.searchParams.set(name, value.trim());
      else url.searchParams.delete(name);
    }
    return url;
  };

  const asked = new URLSearchParams(window.location.search);
  for (const [name, field] of Object.entries(fields)) field.value = asked.get(name) || "";
  const change = () => {
    window.history.replaceState(window.history.state, "", address());
    filter();
  };
  place.addEventListener("input", change);
  clear.addEventListener("click", () => {
    Object.values(fields).forEach((field) => { field.value = ""; });
    change();
    fields.text.focus(); // a button that cannot be chosen any more has no focus
  });
  filter();
})();
