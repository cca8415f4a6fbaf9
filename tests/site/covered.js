// Links and buttons of the page that the element covers, or that cover it, by what they say.
(element) => {
  const box = element.getBoundingClientRect();
  const overlaps = (other) =>
    other.left < box.right && other.right > box.left &&
    other.top < box.bottom && other.bottom > box.top;
  const at = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  const others = [...document.querySelectorAll("a, button, label, input")]
    .filter((other) => !element.parentElement.contains(other) && !other.contains(element))
    .filter((other) => other.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    .filter((other) => [...other.getClientRects()].some(overlaps));
  return [...(element.contains(at) ? [] : [at]), ...others]
    .map((other) => other?.outerHTML.slice(0, 80) ?? "nothing");
}
