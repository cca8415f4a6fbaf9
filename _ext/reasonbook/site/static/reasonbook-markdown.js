// Copies the Markdown of the page. Without a script, the link beside the button shows it.
(() => {
  "use strict";

  const read = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.text();
  };

  // Safari wants the clipboard asked for at once, and takes a promise of the text.
  const copy = async (address) => {
    if (window.ClipboardItem && navigator.clipboard.write) {
      const text = read(address).then((markdown) => new Blob([markdown], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
    } else {
      await navigator.clipboard.writeText(await read(address));
    }
  };

  const setUp = (menu) => {
    const button = menu.querySelector(".rb-copy-page");
    const link = menu.querySelector(".rb-view-page");
    const result = menu.querySelector(".rb-copy-result");
    // Only pages from https or this machine may use the clipboard.
    if (navigator.clipboard) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        try {
          await copy(link.href);
          result.textContent = "Copied.";
        } catch {
          result.textContent = "Could not copy; open it with the link.";
        }
      });
    }
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  };

  const start = () => document.querySelectorAll("details.rb-page-menu").forEach(setUp);
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
