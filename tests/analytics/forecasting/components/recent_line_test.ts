import { ok, strictEqual } from "node:assert/strict";
import { breachProbability, chooseForecaster } from "@pronoia/analytics";
import { alignLevels } from "../../../../analytics/forecasting/choice/_align_levels.ts";
import { fitLine } from "../../../../analytics/forecasting/components/_fit_line.ts";
import { Line } from "../../../../analytics/forecasting/components/_line.ts";
import { noise } from "../../_series.ts";

const N = 1440;

/** A line falling by 0.01 a step, with noise, after a jump of its level at `jump`. */
const disk = (jump: number, seed: number): Float64Array =>
  noise(N, seed).map((error, t) => (t < jump ? 30 : 200) - 0.01 * t + 0.05 * error);
const END = 200 - 0.01 * (N - 1);

const slopeOf = (line: Line): number => {
  const mean = new Float64Array(101);
  line.predict(mean);
  return (mean[100] - mean[1]) / 99;
};

for (const effort of ["quick", "full"] as const) {
  for (const jump of [0, 100, 1200]) {
    for (const horizon of [120, 480]) {
      Deno.test(`chooseForecaster() ${effort} tells when a line reaches a bound, jump at ${jump}, ${horizon} steps`, () => {
        for (const seed of [7, 21]) {
          const forecast = chooseForecaster(disk(jump, seed), { periods: [], horizon, effort }).forecast(
            horizon,
          );
          const { probability, timeToBreach } = breachProbability(forecast, {
            min: END - 0.01 * horizon / 2,
          });
          ok(probability >= 0.9, `${probability}`);
          ok(Math.abs((timeToBreach.p50 ?? Infinity) / (horizon / 2) - 1) <= 0.25, `${timeToBreach.p50}`);
          ok(breachProbability(forecast, { min: END - 0.01 * horizon * 3 }).probability <= 0.1);
        }
      });
    }
  }
}

Deno.test("chooseForecaster() follows a leak beyond the horizons it could try", () => {
  const forecast = chooseForecaster(disk(100, 7), { periods: [], horizon: 1000 }).forecast(1000);
  ok(Math.abs(forecast.mean[999] - (END - 10)) < 1);
  const { probability, timeToBreach } = breachProbability(forecast, { min: END - 5 });
  ok(probability >= 0.9 && Math.abs(timeToBreach.p50! / 500 - 1) < 0.25);
});

Deno.test("chooseForecaster() does not carry a cycle of leaks on below where it was always cleaned up", () => {
  const values = noise(N, 7).map((error, t) => 100 - 0.2 * (t % 150) + 0.3 * error);
  const { mean } = chooseForecaster(values, { periods: [], horizon: 200 }).forecast(200);
  ok(mean.every((value) => value > 60), `${Math.min(...mean)}`);
});

Deno.test("chooseForecaster() does not carry on a line that has levelled off", () => {
  const values = noise(N, 7).map((error, t) => 200 - 0.01 * Math.min(t, N - 120) + 0.2 * error);
  const level = 200 - 0.01 * (N - 120);
  const forecast = chooseForecaster(values, { periods: [], horizon: 120 }).forecast(120);
  ok(Math.abs(forecast.mean[119] - level) < 0.8, `${forecast.mean[119]}`);
  ok(breachProbability(forecast, { min: level - 3.6 }).probability <= 0.1);
});

Deno.test("Line keeps its slope over a jump, an outlier and a gap", () => {
  const values = disk(900, 7);
  values[950] = 1e4;
  values.fill(NaN, 960, 990);
  for (const end of [910, 955, 1000, N]) {
    const slope = slopeOf(fitLine(values, end, 240)!);
    ok(Math.abs(slope + 0.01) < 0.002, `${slope} at ${end}`);
  }
});

Deno.test("Line straightens after a bend", () => {
  const values = noise(N, 7).map((error, t) => 200 - 0.01 * Math.min(t, N - 120) + 0.2 * error);
  const slope = slopeOf(fitLine(values, N, 240)!);
  ok(Math.abs(slope) < 0.003, `${slope}`);
});

Deno.test("Line goes through JSON and on, bit for bit, also amidst a jump", () => {
  const values = disk(700, 9);
  for (const cut of [300, 701, 760, N - 1]) {
    const original = fitLine(values, cut, 120)!;
    const copy = Line.fromJson(JSON.parse(JSON.stringify(original.toJson())));
    for (let t = cut; t < N; t++) {
      strictEqual(copy.next(), original.next());
      copy.update(values[t]);
      original.update(values[t]);
    }
    strictEqual(JSON.stringify(copy.toJson()), JSON.stringify(original.toJson()));
  }
});

Deno.test("fitLine() has no line for what hardly ever changes", () => {
  strictEqual(fitLine(new Float64Array(100).fill(3), 100, 30), null);
  strictEqual(fitLine(new Float64Array(100).fill(NaN), 100, 30), null);
});

Deno.test("alignLevels() brings a gross jump to the present level", () => {
  const values = disk(100, 7);
  values[50] = NaN;
  const { values: aligned, jumps } = alignLevels(values, 1, 1);
  strictEqual(jumps.join(), "100");
  aligned.forEach((value, t) => t === 50 || ok(Math.abs(value - 200 + 0.01 * t) < 2));
  strictEqual(aligned[N - 1], values[N - 1]);
});

Deno.test("alignLevels() leaves noise, spikes, pulses and what is used to jump alone", () => {
  const spike = noise(N, 3);
  spike[700] = 1e3;
  const pulse = noise(N, 3).map((error, t) => error + (t > 500 && t < 600 ? 300 : 0));
  const often = noise(N, 3).map((error, t) => error + 300 * Math.floor(t / 300));
  for (const values of [noise(N, 3), spike, pulse, often]) {
    const { values: same, jumps } = alignLevels(values, 2, 1);
    strictEqual(same, values);
    strictEqual(jumps.length, 0);
  }
});
