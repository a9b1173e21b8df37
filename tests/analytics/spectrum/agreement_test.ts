import { deepStrictEqual, ok } from "node:assert/strict";
import { findPeriods } from "@pronoia/analytics";
import { createGenerator } from "../../../analytics/random/_generator.ts";
import { cyclesAgree } from "../../../analytics/spectrum/_agreement.ts";
import { cycleProfile } from "../../../analytics/spectrum/_profile.ts";
import { aperiodic } from "../_aperiodic.ts";
import { noise } from "../_series.ts";

const DAY_MS = 86_400_000;

for (const [what, start] of Object.entries(aperiodic)) {
  Deno.test(`findPeriods() hardly ever finds a period in a day of ${what}`, () => {
    const alarms: string[] = [];
    for (const [length, runs] of [[200, 80], [1440, 80], [2880, 40], [17_280, 4]]) {
      for (let seed = 1; seed <= runs; seed++) {
        const next = start(createGenerator(seed), length);
        const values = Float64Array.from({ length }, () => next());
        const { periods } = findPeriods(values, { stepMs: DAY_MS / length });
        if (periods.length > 0) alarms.push(`${periods[0].period} of ${length}, seed ${seed}`);
      }
    }
    // 4 % of 204. Before cycles had to agree it was a fifth to a third of the last four kinds.
    ok(alarms.length <= 8, alarms.join("; "));
  });
}

const wave = (t: number, period: number) => Math.sin(2 * Math.PI * t / period);

/** Whether the cycles of `period` values agree. */
function agree(values: Float64Array, period: number, observed: Uint8Array | null = null): boolean {
  return cyclesAgree(values, observed, { period, exact: period }, cycleProfile(values, observed, period));
}

Deno.test("findPeriods() finds a season on a steep trend", () => {
  for (const cycles of [3, 3.6, 8]) {
    for (const slope of [0.3, 3]) {
      const values = noise(Math.round(48 * cycles), 11).map((error, t) =>
        slope * t + 5 * wave(t + 5, 48) + error
      );
      deepStrictEqual(findPeriods(values).periods.map(({ period }) => period), [48], `${cycles}, ${slope}`);
    }
  }
});

Deno.test("findPeriods() makes no season of one level shift, wherever it lies", () => {
  for (const shift of [75, 100, 149, 150, 151, 220]) {
    for (const sigma of [0, 0.001, 0.1]) {
      const values = noise(300, shift).map((error, t) => (t < shift ? 7 : 9) + sigma * error);
      deepStrictEqual(findPeriods(values).periods, [], `${shift}, ${sigma}`);
    }
  }
});

Deno.test("findPeriods() finds a clean season that was seen twice, smooth or of pulses", () => {
  const shapes: Record<string, (t: number) => number> = {
    wave: (t) => wave(t, 100),
    pulse: (t) => Number(t % 100 >= 30 && t % 100 < 50),
    half: (t) => Number(t % 100 >= 50),
  };
  for (const [what, at] of Object.entries(shapes)) {
    const values = noise(200, 4).map((error, t) => at(t) + (what === "half" ? 0 : 0.05 * error));
    deepStrictEqual(findPeriods(values).periods.map(({ period }) => period), [100], what);
  }
});

Deno.test("findPeriods() takes teeth for a season once they cannot be two restarts", () => {
  const teeth = (cycles: number) => Float64Array.from({ length: 100 * cycles }, (_, t) => t % 100);
  deepStrictEqual(findPeriods(teeth(2)).periods, []);
  deepStrictEqual(findPeriods(teeth(4)).periods.map(({ period }) => period), [100]);
});

Deno.test("findPeriods() tells an alternation from memory that alternates", () => {
  for (const sigma of [0, 0.3, 1]) {
    const values = noise(200, 2).map((error, t) => (t % 2 === 0 ? 1 : -1) + sigma * error);
    deepStrictEqual(findPeriods(values).periods.map(({ period }) => period), [2], `${sigma}`);
  }
});

Deno.test("cyclesAgree() holds where every cycle is alike, though one has an outlier and values are missing", () => {
  const values = noise(480, 3).map((error, t) => 3 * wave(t, 48) + error);
  ok(agree(values, 48));
  values[100] = 1e4;
  ok(agree(values, 48));
  const observed = Uint8Array.from(values, (_, t) => t % 5 === 0 || (t > 200 && t < 260) ? 0 : 1);
  ok(agree(values.map((value, t) => observed[t] * value), 48, observed));
});

Deno.test("cyclesAgree() does not hold for two bursts of eight cycles, however large", () => {
  const values = noise(480, 3).map((error, t) => error + (t === 130 || t === 310 ? 500 : 0));
  ok(!agree(values, 60));
});

Deno.test("cyclesAgree() demands that two cycles be alike to the eye", () => {
  const weak = noise(2880, 5).map((error, t) => 0.6 * wave(t, 1440) + error);
  const strong = noise(2880, 5).map((error, t) => 3 * wave(t, 1440) + error);
  ok(!agree(weak, 1440));
  ok(agree(strong, 1440));
  // The same weak season agrees once it was seen five times.
  ok(agree(noise(7200, 5).map((error, t) => 0.6 * wave(t, 1440) + error), 1440));
});

Deno.test("cyclesAgree() takes exact repetition for agreement, and silence for none", () => {
  ok(agree(Float64Array.from({ length: 200 }, (_, t) => t % 4), 4));
  ok(!agree(new Float64Array(200), 4));
});
