import { ok, strictEqual } from "node:assert/strict";
import { chooseForecaster, readForecaster } from "@pronoia/analytics";
import { noise, randomWalk, seasonalSeries } from "../../_series.ts";

Deno.test("isOutgrown: as many values again have come as it was chosen from, and the state keeps count", () => {
  const values = noise(60, 4);
  const forecaster = chooseForecaster(values.subarray(0, 30), { periods: [] });
  forecaster.update([NaN, NaN]).update(values.subarray(30, 59));
  strictEqual(forecaster.isOutgrown, false);
  const copy = readForecaster(JSON.stringify(forecaster.toJson()));
  strictEqual(copy.update([values[59]]).isOutgrown, true);
});

Deno.test("isOutgrown: three values in a row are further off than usual on one side", () => {
  const values = noise(400, 5);
  const forecaster = chooseForecaster(values.subarray(0, 300), { periods: [] });
  forecaster.update(values.subarray(300, 340));
  strictEqual(forecaster.isOutgrown, false);
  forecaster.update([30, NaN, 60]);
  strictEqual(forecaster.isOutgrown, false, "two are not enough");
  forecaster.update([90]);
  strictEqual(forecaster.isOutgrown, true);
});

Deno.test("isOutgrown: what was foretold without error is over with the first one, rounding is none", () => {
  const line = Array.from({ length: 120 }, (_, t) => 0.1 * t);
  const forecaster = chooseForecaster(line.slice(0, 80), { periods: [] });
  forecaster.update(line.slice(80, 115));
  strictEqual(forecaster.isOutgrown, false);
  const still = chooseForecaster(new Float64Array(80).fill(5), { periods: [] });
  strictEqual(still.update([5, 5]).isOutgrown, false);
  strictEqual(still.update([6]).isOutgrown, true);
});

Deno.test("isOutgrown is rare while a series goes on as it did", () => {
  let outgrown = 0;
  for (let seed = 1; seed <= 20; seed++) {
    for (const values of [noise(700, seed), randomWalk(700, seed), seasonalSeries(700, 24, seed)]) {
      const forecaster = chooseForecaster(values.subarray(0, 400), { effort: "quick" });
      if (forecaster.update(values.subarray(400)).isOutgrown) outgrown++;
    }
  }
  ok(outgrown <= 3, `${outgrown} of 60`);
});
