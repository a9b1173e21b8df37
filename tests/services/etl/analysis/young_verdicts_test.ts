import { match, strictEqual } from "node:assert/strict";
import { describeAutocorrelation } from "../../../../services/etl/analysis/describe_autocorrelation.ts";
import { describeSeasonality } from "../../../../services/etl/analysis/describe_seasonality.ts";
import { describeStationarity } from "../../../../services/etl/analysis/describe_stationarity.ts";
import { createNoise } from "../../../../services/shared/adapters/demo/noise.ts";
import type { TimeFunction } from "../../../../services/etl/analysis/time_function.ts";

const STEP_MS = 15_000;
const noise = createNoise(5, "young");
const time: TimeFunction = (_name, _kind, run) => run();
const values = (length: number): Float64Array => Float64Array.from({ length }, (_, t) => noise.normal(t));
const seasonality = (given: Float64Array) =>
  describeSeasonality({ startMs: 0, stepMs: STEP_MS, values: given }, time).seasonality;

for (const length of [7, 8, 40, 119]) {
  Deno.test(`describeSeasonality() does not know after ${length} values whether there is a season`, () => {
    const { verdict, explanation } = seasonality(values(length));
    strictEqual(verdict, "unknown");
    match(
      explanation,
      new RegExp(`^Unknown: no period stands out among ${length} values, and it takes 120 to say`),
    );
  });
}

Deno.test("describeSeasonality() says after 30 min up to which period it found none", () => {
  const { verdict, explanation } = seasonality(values(120));
  strictEqual(verdict, "not seasonal");
  match(explanation, /^Not seasonal: no period of up to 15m, half of what is known,/);
});

Deno.test("describeSeasonality() takes few cycles for a season only where they are most of what varies", () => {
  // Noise that turns at each step leaves a slow wave plain to the tests, however little it is.
  const turning = values(360).map((value, t) => value - 0.9 * noise.normal(t + 1));
  const wave = (amplitude: number): Float64Array =>
    turning.map((value, t) => value + amplitude * Math.sin(2 * Math.PI * t / 96));
  strictEqual(seasonality(wave(2)).verdict, "seasonal");
  // Significant, but no more than four cycles of noise may have in common.
  const { verdict, explanation, periods } = seasonality(wave(0.6));
  strictEqual(verdict, "unknown");
  strictEqual(periods.length, 0);
  match(
    explanation,
    /^Unknown: what repeats every .* is only \d+ % of the variance, in 3\.\d cycles, and may be chance\.$/,
  );
});

Deno.test("describeAutocorrelation() does not know of eight values, whatever the test says of them", () => {
  const eight = Float64Array.of(1, 2, 3, 4, 5, 5, 5, 4);
  const { verdict, explanation, values: estimates } = describeAutocorrelation(eight, time);
  strictEqual(verdict, "unknown");
  strictEqual(explanation, "Unknown: 8 values are too few to tell memory from chance, which takes 20.");
  strictEqual(estimates.length, 8);
  strictEqual(describeAutocorrelation(values(20), time).verdict, "not autocorrelated");
});

Deno.test("describeStationarity() does not know of 22 values whether they drift, but sees a constant and a line", () => {
  let level = 0;
  const walk = values(22).map((value) => level += value);
  for (const some of [walk, values(22)]) {
    const { verdict, explanation } = describeStationarity(some, time);
    strictEqual(verdict, "unknown");
    match(explanation, /^Unknown: 22 values are too few to tell drifting from steady, which takes 80\.$/);
  }
  strictEqual(describeStationarity(new Float64Array(22).fill(3), time).verdict, "constant");
  strictEqual(describeStationarity(walk.map((_, t) => t), time).verdict, "trend-stationary");
  strictEqual(describeStationarity(values(80), time).verdict, "stationary");
});
