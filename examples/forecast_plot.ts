/**
 * What comes next? `deno run --allow-read examples/forecast_plot.ts [FILE]`, or as an image with
 * `deno run --allow-read --allow-write examples/forecast_plot.ts --svg forecast.svg [FILE]`
 *
 * The library alone: finds the periods, chooses a method by backtest, draws the next third of a day with its interval.
 */
import { ok } from "node:assert/strict";
import { parseArgs } from "node:util";
import { findPeriods, forecast } from "@pronoia/analytics";
import { readCsv } from "./_csv.ts";
import { plotSvg, plotText } from "./_plot.ts";

const { values: { svg }, positionals: [file] } = parseArgs({
  args: Deno.args,
  options: { svg: { type: "string" } },
  allowPositionals: true,
});
const { values, stepMs } = await readCsv(file);
const periods = findPeriods(values, { stepMs }).periods.map(({ period }) => period);
const next = forecast(values, { horizon: 48, periods, stepMs });
const plotted = { history: values.slice(-72), mean: next.mean, lower: next.lower, upper: next.upper };

if (svg === undefined) console.log(plotText(plotted));
else {
  await Deno.writeTextFile(svg, plotSvg(plotted));
  console.log(`Drawn to ${svg}`);
}
console.log(`\nMethod  ${next.method.replaceAll(" + ", "\n        + ")}`);
const { backtest, candidates } = next.explanation;
for (const { method, score } of candidates.slice(0, 6)) {
  console.log(
    `Tried   ${score?.toFixed(2) ?? "   –"}  ${method.length > 90 ? `${method.slice(0, 90)} …` : method}`,
  );
}
if (backtest !== null) {
  console.log(
    `Worth   ${backtest.mae.toFixed(2)} off on average; ${Math.round(100 * backtest.coverage)} % of the past`,
  );
  console.log(
    `        values lay in the intervals they would have been given (promised: ${100 * next.confidence} %)`,
  );
}
ok(
  next.mean.every((value, k) => next.lower[k] <= value && value <= next.upper[k]),
  "each mean is in its interval",
);
