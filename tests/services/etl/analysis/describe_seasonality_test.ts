import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { findPeriods } from "@pronoia/analytics";
import { describeSeasonality } from "../../../../services/etl/analysis/describe_seasonality.ts";

const STEP_MS = 30_000;

/** A day with an hourly sine of this share of the variance, the rest noise. */
function hourly(share: number): Float64Array {
  const height = Math.sqrt(2 * share / (1 - share));
  let state = 1;
  const uniform = () => (state = state * 48_271 % 0x7fffffff) / 0x7fffffff;
  return Float64Array.from({ length: 2_880 }, (_, t) => {
    const noise = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    return 50 + height * Math.sin(2 * Math.PI * t / 120) + noise;
  });
}

const describe = (values: Float64Array) =>
  describeSeasonality({ startMs: 0, stepMs: STEP_MS, values }, (_name, _kind, work) => work());

Deno.test("describeSeasonality() calls nothing seasonal that is hidden by the rest, however significant", () => {
  const values = hourly(0.05);
  // The test alone is sure of it.
  strictEqual(findPeriods(values, { stepMs: STEP_MS }).periods[0].period, 120);
  const { seasonality, periods } = describe(values);
  strictEqual(seasonality.verdict, "not seasonal");
  ok(/^Not seasonal: what repeats every 1h is only \d % of the variance\.$/.test(seasonality.explanation));
  deepStrictEqual([periods, seasonality.periods, seasonality.figures], [[], [], []]);
});

Deno.test("describeSeasonality() calls a season what can be seen", () => {
  const { seasonality, periods } = describe(hourly(0.3));
  strictEqual(seasonality.verdict, "seasonal");
  deepStrictEqual([periods[0], seasonality.periods[0]], [120, 3_600_000]);
});
