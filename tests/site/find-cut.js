// Faults of a page that is wider than the screen, or a table of which a part cannot be seen.
() => {
  document.querySelectorAll("details").forEach((element) => { element.open = true; });
  const width = document.documentElement.clientWidth;
  const faults = [];
  if (document.documentElement.scrollWidth > width) {
    faults.push(`page: ${document.documentElement.scrollWidth}`);
  }
  let cells = 0;
  for (const cell of document.querySelectorAll("td")) {
    cells += 1;
    if (!cell.textContent && getComputedStyle(cell).display === "none") {
      continue;  // an empty cell, which a phone does not show
    }
    const box = cell.getBoundingClientRect();
    if (box.left < 0 || box.right > width + 0.5 || box.width < 1 || box.height < 1) {
      faults.push(`cell at ${box.left} to ${box.right}: ${cell.textContent.slice(0, 40)}`);
    }
    for (let part = cell; part !== document.body; part = part.parentElement) {
      const hides = getComputedStyle(part).overflowX !== "visible";
      if (hides && part.scrollWidth > part.clientWidth + 1) {
        faults.push(`hidden part of: ${cell.textContent.slice(0, 40)}`);
      }
    }
  }
  return {cells, faults};
}
