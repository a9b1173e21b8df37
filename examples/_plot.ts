/** What is drawn: a history, and what is expected after it with its interval. */
export interface PlotOptions {
  readonly history: ArrayLike<number>;
  readonly mean: ArrayLike<number>;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

/** Cells of the drawing: with the scale beside it it fits a terminal of 80 columns. */
const [ROWS, COLUMNS] = [16, 70];

/** Draws to text: `·` the past, `o` what is expected, `░` its interval. Many values share a column. */
export function plotText(options: PlotOptions): string {
  const { history, mean, lower, upper } = options;
  const { min, max } = rangeOf(options);
  const rowOf = (value: number) => Math.round((max - value) / (max - min) * (ROWS - 1));
  const steps = history.length + mean.length;
  const columnOf = (t: number) => Math.floor(t / steps * Math.min(steps, COLUMNS));
  const canvas = Array.from({ length: ROWS }, () => Array<string>(columnOf(steps)).fill(" "));
  for (let t = 0; t < history.length; t++) {
    if (Number.isFinite(history[t])) canvas[rowOf(history[t])][columnOf(t)] = "·";
  }
  for (let k = 0; k < mean.length; k++) {
    const column = columnOf(history.length + k);
    for (let row = rowOf(upper[k]); row <= rowOf(lower[k]); row++) {
      if (canvas[row][column] !== "o") canvas[row][column] = "░";
    }
    canvas[rowOf(mean[k])][column] = "o";
  }
  return canvas.map((cells, row) => {
    const value = max - row / (ROWS - 1) * (max - min);
    return `${value.toFixed(1).padStart(8)} │${cells.join("").trimEnd()}`;
  }).concat(`${"".padStart(10 + columnOf(history.length))}▲ now`).join("\n");
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
