/**
 * What is a series like? `deno run --allow-read examples/analyse_csv.ts [FILE]`
 *
 * The library alone, over a CSV with lines of `time,value`; without a file over five days of a web server's load.
 */
import { ok } from "node:assert/strict";
import { findPeriods, judgeAutocorrelation, judgeStationarity, stl, summarize } from "@pronoia/analytics";
import { readCsv } from "./_csv.ts";
import { wrap } from "./_wrap.ts";

const [file] = Deno.args;
const { values, startMs, stepMs } = await readCsv(file);
const summary = summarize(values);
console.log(`${file ?? "Five days of a web server's load, in requests per second"}:`);
console.log(`${values.length} values every ${stepMs / 60_000} min from ${new Date(startMs).toISOString()}\n`);
console.log(`  ${summary.count} of them seen, ${summary.missing} missing`);
for (const name of ["min", "max", "mean", "standardDeviation", "median", "p95"] as const) {
  console.log(`  ${name.padEnd(18)} ${summary[name] === null ? "–" : Number(summary[name]).toPrecision(5)}`);
}
ok(summary.count + summary.missing === values.length, "every step has a value or is missing");

console.log(`\nAutocorrelation  ${wrap(judgeAutocorrelation(values).explanation, 17)}`);
console.log(`Stationarity     ${wrap(judgeStationarity(values).explanation, 17)}`);

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
  console.log(`Trend            from ${parts.trend[0].toFixed(1)} to ${parts.trend.at(-1)!.toFixed(1)}`);
  const t = values.findIndex(Number.isFinite);
  const sum = parts.trend[t] + parts.seasonal[t] + parts.remainder[t];
  ok(
    Math.abs(sum - values[t]) < 1e-9 * Math.abs(values[t]),
    "trend, season and remainder add up to the series",
  );
}
