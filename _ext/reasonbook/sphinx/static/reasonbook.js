// Opens the accordion that an address names, and all of them for print.
// Current browsers do the first by themselves; this is for the others.
(() => {
  "use strict";

  const openTarget = () => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    const target = id && document.getElementById(id);
    const accordion = target && target.closest("details");
    if (accordion && !accordion.open) {
      accordion.open = true;
      target.scrollIntoView();
    }
  };

  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details.rb-reason:not([open])")];
    closed.forEach((accordion) => { accordion.open = true; });
  });
  window.addEventListener("afterprint", () => {
    closed.forEach((accordion) => { accordion.open = false; });
  });

  window.addEventListener("hashchange", openTarget);
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", openTarget);
  } else {
    openTarget();
  }
})();
