/**
 * Which method is best for a series? `deno run --allow-read examples/compare_methods.ts [FILE]`
 *
 * The library alone: each method forecasts the past from what came before, and is held against what came after.
 */
import { ok } from "node:assert/strict";
import {
  backtest,
  type BacktestResult,
  findPeriods,
  fitHoltWinters,
  forecast,
  naive,
  seasonalNaive,
  theta,
} from "@pronoia/analytics";
import { readCsv } from "./_csv.ts";
import { openProgress } from "./_progress.ts";

const { values, stepMs } = await readCsv(Deno.args[0]);
const [period = 1] = findPeriods(values, { stepMs }).periods.map((found) => found.period);
const seasonal = period > 1 ? "additive" : "none";

const methods: Readonly<Record<string, Parameters<typeof backtest>[1]["fit"]>> = {
  "naive": (past, horizon) => naive(past, { horizon }),
  "seasonal naive": (past, horizon) => seasonalNaive(past, { horizon, period }),
  "theta": (past, horizon) => theta(past, { horizon, period }),
  "Holt-Winters": (past) => fitHoltWinters(past, { trend: "additive", seasonal, period }),
  "chosen by backtest": (past, horizon) => forecast(past, { horizon, periods: [period], stepMs }),
};

/** How often, and how many steps ahead. */
const [folds, horizon] = [4, 24];
const results: [string, BacktestResult][] = [];
{
  using progress = openProgress("Comparing methods");
  const total = Object.keys(methods).length;
  for (const [name, fit] of Object.entries(methods)) {
    progress.update(results.length, total, name);
    results.push([name, backtest(values, { fit, horizon, folds, period })]);
  }
  progress.update(total, total, "methods compared");
}

results.sort(([, a], [, b]) => a.mae - b.mae);
console.log(
  `The last ${
    folds * horizon
  } of ${values.length} values, forecast ${horizon} at a time from those before:\n`,
);
console.log(`${"method".padEnd(20)}     MAE    RMSE    MASE   coverage`);
for (const [name, { mae, rmse, mase, coverage }] of results) {
  const figures = [mae, rmse, mase ?? NaN].map((value) => value.toFixed(2).padStart(8)).join("");
  console.log(`${name.padEnd(20)}${figures}${`${Math.round(100 * coverage)} %`.padStart(11)}`);
}
const maeOf = (method: string) => results.find(([name]) => name === method)![1].mae;
ok(maeOf("chosen by backtest") <= 1.05 * maeOf("naive"), "what is chosen is no worse than the simplest");
