// The contrast of an element's text with all that is painted behind it, as WCAG defines it.
(element) => {
  // Themes name colours in spaces of many kinds; what is painted is red, green and blue.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const parse = (text) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], under) =>
    [r, g, b].map((part, i) => part * a + under[i] * (1 - a));
  const luminance = (color) => {
    const [r, g, b] = color.map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const layers = [];
  for (let part = element; part; part = part.parentElement) {
    layers.unshift(parse(getComputedStyle(part).backgroundColor));
  }
  const behind = layers.reduce((under, layer) => over(layer, under), [255, 255, 255]);
  const text = over(parse(getComputedStyle(element).color), behind);
  const [light, dark] = [luminance(text), luminance(behind)].sort((a, b) => b - a);
  return {ratio: (light + 0.05) / (dark + 0.05), behind: luminance(behind)};
}
