/**
 * What comes next? `deno run --allow-read examples/forecast_plot.ts [FILE]`, or as an image with
 * `deno run --allow-read --allow-write examples/forecast_plot.ts --svg forecast.svg [FILE]`
 *
 * The library alone: finds the periods, chooses a method by backtest, draws the next 48 values with their interval
 * behind the last 144.
 */
import { ok } from "node:assert/strict";
import { parseArgs } from "node:util";
import { findPeriods, forecast } from "@pronoia/analytics";
import { readCsv } from "./_csv.ts";
import { plotSvg, plotText } from "./_plot.ts";
import { wrap } from "./_wrap.ts";

const { values: { svg }, positionals: [file] } = parseArgs({
  args: Deno.args,
  options: { svg: { type: "string" } },
  allowPositionals: true,
});
const { values, stepMs } = await readCsv(file);
const periods = findPeriods(values, { stepMs }).periods.map(({ period }) => period);
const next = forecast(values, { horizon: 48, periods, stepMs });
const plotted = { history: values.slice(-144), mean: next.mean, lower: next.lower, upper: next.upper };

if (svg === undefined) console.log(plotText(plotted));
else {
  await Deno.writeTextFile(svg, plotSvg(plotted));
  console.log(`Drawn to ${svg}`);
}
console.log(`\nMethod  ${next.method.replaceAll(" + ", "\n        + ")}\n`);
const { backtest, candidates } = next.explanation;
console.log("Tried, with the mean error over the mean change from one value to the next:");
for (const { method, score } of candidates.slice(0, 6)) {
  console.log(
    `  ${score?.toFixed(2) ?? "   –"}  ${method.length > 70 ? `${method.slice(0, 70)} …` : method}`,
  );
}
if (backtest !== null) {
  const coverage = Math.round(100 * backtest.coverage);
  const worth = `${backtest.mae.toFixed(2)} off on average; ${coverage} % of the past values lay in the ` +
    `intervals they would have been given (promised: ${100 * next.confidence} %)`;
  console.log(`\nWorth   ${wrap(worth, 8)}`);
}
ok(
  next.mean.every((value, k) => next.lower[k] <= value && value <= next.upper[k]),
  "each mean is in its interval",
);
