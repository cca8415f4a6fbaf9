// Shows what is wrong with the catalogue, in a preview. The build writes it beside this script.
(async () => {
  "use strict";

  const address = new URL("reasonbook-preview.html", document.currentScript.src);
  const response = await fetch(address, { cache: "no-store" });
  if (!response.ok) return;
  const notice = document.createRange().createContextualFragment(await response.text());
  document.body.prepend(notice);
  document.querySelectorAll(".rb-badge.rb-draft").forEach((badge) => {
    badge.closest("details, tr")?.classList.add("rb-draft");
  });
})();
