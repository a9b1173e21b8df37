import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { breachProbability, chooseForecaster, type Forecaster, readForecaster } from "@pronoia/analytics";

const HORIZON = 40;
const line = (steps: number): number[] => Array.from({ length: steps }, (_, i) => 22 + i);
const flat = (length: number): number[] => new Array<number>(length).fill(21);

/** How many of the next values of the line lie within the intervals, when so many came. */
function heldOfLine(forecaster: Forecaster, came: number): number {
  const { lower, upper } = forecaster.forecast(HORIZON);
  let held = 0;
  for (let k = 0; k < HORIZON; k++) if (lower[k] <= 22 + came + k && 22 + came + k <= upper[k]) held++;
  return held;
}

for (const stood of [16, 32, 300]) {
  Deno.test(`chooseForecaster() sees a line soon after ${stood} equal values, and says that they do not count`, () => {
    for (const came of [1, 2, 3, 4, 5, 6, 8, 12, 20, 30]) {
      if (came > stood) break;
      const chosen = chooseForecaster([...flat(stood), ...line(came)], { periods: [], effort: "quick" });
      ok(heldOfLine(chosen, came) > (came < 3 ? 0.2 : 0.85) * HORIZON, `intervals hold after ${came}`);
      ok(
        chosen.explanation.warnings.some((warning) => warning.includes(`Constant for ${stood} steps: only`)),
      );
      if (came < 6) continue;
      const { mean } = chosen.forecast(HORIZON);
      ok(Math.abs(mean[9] - (31 + came)) < 4, `mean after ${came}: ${mean[9]}`);
      ok(breachProbability(chosen.forecast(HORIZON), { horizon: HORIZON, max: 41 }).probability > 0.9);
    }
  });
}

Deno.test("chooseForecaster() of one step after a stand expects no other, yet leaves it open for a while", () => {
  const width = (came: number): number => {
    const { lower, upper, mean } = chooseForecaster([...flat(300), ...new Array<number>(came).fill(22)], {
      periods: [],
      effort: "quick",
    }).forecast(1);
    ok(Math.abs(mean[0] - 22) < 0.2);
    return upper[0] - lower[0];
  };
  const [first, later, late] = [1, 4, 100].map(width);
  ok(first > later && later > late, `${[first, later, late]}`);
});

Deno.test("chooseForecaster() of what moves now and then counts where it stood", () => {
  const values = Array.from({ length: 200 }, (_, t) => t % 12 === 11 ? 25 : 21);
  const { warnings } = chooseForecaster(values, { periods: [] }).explanation;
  ok(!warnings.some((warning) => warning.includes("only what came since")));
});

Deno.test("update() takes a constant off its value: the interval opens, and it is time to choose anew", () => {
  const forecaster = chooseForecaster(flat(32), { periods: [] });
  strictEqual(forecaster.method, "constant");
  strictEqual(forecaster.isOutgrown, false);
  forecaster.update(flat(20));
  deepStrictEqual([...forecaster.forecast(2).upper], [21, 21]);
  ok(forecaster.explanation.warnings[0].includes("observations are equal"));
  let came = 0;
  for (const value of line(8)) {
    forecaster.update([value]);
    came++;
    ok(heldOfLine(forecaster, came) > (came < 3 ? 0.2 : 0.85) * HORIZON, `after ${came}`);
    strictEqual(forecaster.isOutgrown, true);
  }
  const copy = readForecaster(JSON.stringify(forecaster.toJson()));
  for (const part of ["mean", "lower", "upper"] as const) {
    deepStrictEqual(copy.forecast(3)[part], forecaster.forecast(3)[part]);
  }
  strictEqual(copy.isOutgrown, true);
});
