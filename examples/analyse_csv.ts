/**
 * What is a series like? `deno run --allow-read examples/analyse_csv.ts [FILE]`
 *
 * The library alone, over a CSV with lines of `time,value`; without a file over five days of a web server's load.
 */
import { ok } from "node:assert/strict";
import { findPeriods, judgeAutocorrelation, judgeStationarity, stl, summarize } from "@pronoia/analytics";
import { readCsv } from "./_csv.ts";

const { values, startMs, stepMs } = await readCsv(Deno.args[0]);
const summary = summarize(values);
console.log(`${values.length} values every ${stepMs / 60_000} min from ${new Date(startMs).toISOString()}\n`);
for (
  const name of ["count", "missing", "min", "max", "mean", "standardDeviation", "median", "p95"] as const
) {
  console.log(`  ${name.padEnd(18)} ${summary[name] === null ? "–" : Number(summary[name]).toPrecision(5)}`);
}
ok(summary.count + summary.missing === values.length, "every step has a value or is missing");

console.log(`\nAutocorrelation  ${judgeAutocorrelation(values).explanation}`);
console.log(`Stationarity     ${judgeStationarity(values).explanation}`);

const { periods } = findPeriods(values, { stepMs });
if (periods.length === 0) console.log("Seasonality      none was found");
for (const { period, strength } of periods) {
  const hours = period * stepMs / 3_600_000;
  console.log(
    `Seasonality      every ${hours} h, ${Math.round(100 * strength)} % of the variance around the trend`,
  );
}
if (periods.length > 0) {
  const parts = stl(values, { period: periods[0].period, robust: true });
  const odd = Array.from(parts.weights.entries()).filter(([t, weight]) =>
    weight === 0 && Number.isFinite(values[t])
  );
  console.log(`Trend            from ${parts.trend[0].toFixed(1)} to ${parts.trend.at(-1)!.toFixed(1)}`);
  console.log(`Odd values       ${odd.length} that neither trend nor season explain`);
  const t = values.findIndex(Number.isFinite);
  const sum = parts.trend[t] + parts.seasonal[t] + parts.remainder[t];
  ok(
    Math.abs(sum - values[t]) < 1e-9 * Math.abs(values[t]),
    "trend, season and remainder add up to the series",
  );
}
