/** What is drawn: a history, and what is expected after it with its interval. */
export interface PlotOptions {
  readonly history: ArrayLike<number>;
  readonly mean: ArrayLike<number>;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

/** Draws to text: `·` the past, `o` what is expected, `░` its interval. One column per value. */
export function plotText(options: PlotOptions, rows: number = 16): string {
  const { history, mean, lower, upper } = options;
  const { min, max } = rangeOf(options);
  const rowOf = (value: number) => Math.round((max - value) / (max - min) * (rows - 1));
  const canvas = Array.from({ length: rows }, () => Array<string>(history.length + mean.length).fill(" "));
  for (let t = 0; t < history.length; t++) {
    if (Number.isFinite(history[t])) canvas[rowOf(history[t])][t] = "·";
  }
  for (let k = 0; k < mean.length; k++) {
    for (let row = rowOf(upper[k]); row <= rowOf(lower[k]); row++) canvas[row][history.length + k] = "░";
    canvas[rowOf(mean[k])][history.length + k] = "o";
  }
  return canvas.map((cells, row) => {
    const value = max - row / (rows - 1) * (max - min);
    return `${value.toFixed(1).padStart(8)} │${cells.join("").trimEnd()}`;
  }).join("\n");
}

/** Draws to an SVG image that needs nothing else. */
export function plotSvg(options: PlotOptions): string {
  const { history, mean, lower, upper } = options;
  const { min, max } = rangeOf(options);
  const [width, height] = [900, 300];
  const steps = history.length + mean.length - 1;
  const point = (t: number, value: number) =>
    `${(t / steps * width).toFixed(1)},${((max - value) / (max - min) * height).toFixed(1)}`;
  const past = Array.from(history, (value, t) => Number.isFinite(value) ? point(t, value) : "").filter(
    Boolean,
  );
  const next = (values: ArrayLike<number>) =>
    Array.from(values, (value, k) => point(history.length + k, value));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -10 ${width} ${height + 20}" role="img">
<title>Past and forecast with its interval</title>
<polygon fill="#9ecae1" points="${[...next(upper), ...next(lower).reverse()].join(" ")}"/>
<polyline fill="none" stroke="#555" points="${past.join(" ")}"/>
<polyline fill="none" stroke="#08519c" stroke-width="2" points="${next(mean).join(" ")}"/>
</svg>
`;
}

function rangeOf({ history, lower, upper }: PlotOptions): { readonly min: number; readonly max: number } {
  const all = [...Array.from(history), ...Array.from(lower), ...Array.from(upper)].filter(Number.isFinite);
  const [min, max] = [Math.min(...all), Math.max(...all)];
  return { min, max: max > min ? max : min + 1 };
}
