import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { gradeForecasts } from "../../../../services/data_retrieval/forecasts/grade_forecasts.ts";
import { forecastMessage } from "../../../support/result_messages.ts";

const MINUTE = 60_000;
const samples = { startMs: 0, stepMs: MINUTE, values: Float64Array.of(10, 12, NaN, 11, 15) };

function forecast(originMs: number, mean: number[], width: number) {
  return forecastMessage({
    originMs,
    stepMs: MINUTE,
    mean,
    lower: mean.map((value) => value - width),
    upper: mean.map((value) => value + width),
  });
}

Deno.test("gradeForecasts() worked by hand", () => {
  // Errors: |12 − 11| of the first; |11 − 13|, |15 − 13| of the second, whose first step has no sample.
  const grades = gradeForecasts([forecast(0, [11, 11], 1), forecast(MINUTE, [13, 13, 13], 2)], samples);
  const { newest, ...figures } = grades;
  // Neighbours that are both there: 10 → 12 and 11 → 15, a mean change of 3.
  deepStrictEqual(figures, { graded: 3, forecasts: 2, mae: 5 / 3, mase: 5 / 9, coverage: 1 });
  deepStrictEqual(newest, {
    timeMs: 4 * MINUTE,
    originMs: MINUTE,
    value: 15,
    mean: 13,
    lower: 11,
    upper: 15,
    outside: false,
  });
});

Deno.test("gradeForecasts() tells that the newest sample is outside of its interval", () => {
  const { newest, coverage } = gradeForecasts([forecast(3 * MINUTE, [11], 3)], samples);
  strictEqual(newest?.outside, true);
  strictEqual(coverage, 0);
});

Deno.test("gradeForecasts() holds the newest sample against the last forecast made before it", () => {
  const { newest } = gradeForecasts(
    [forecast(2 * MINUTE, [0, 1], 1), forecast(3 * MINUTE, [2], 1), forecast(4 * MINUTE, [3], 1)],
    samples,
  );
  strictEqual(newest?.mean, 2);
});

Deno.test("gradeForecasts() has no figure without forecasts, or without samples for them, and says why", () => {
  const none = { graded: 0, forecasts: 0, mae: null, mase: null, coverage: null, newest: null };
  deepStrictEqual(gradeForecasts([], samples), { ...none, reason: "no past forecast in this time" });
  deepStrictEqual(gradeForecasts([forecast(10 * MINUTE, [1], 1)], samples), {
    ...none,
    reason: "no sample has come for any forecast step yet",
  });
});

Deno.test("gradeForecasts() gives no grade to forecasts from too few samples", () => {
  const young = { ...forecast(0, [99, 99], 1), tooFew: "only 3 samples so far" };
  const known = forecast(MINUTE, [13, 13, 13], 2);
  deepStrictEqual(gradeForecasts([young, known], samples), gradeForecasts([known], samples));
  const { graded, newest, reason } = gradeForecasts([young], samples);
  deepStrictEqual([graded, newest], [0, null]);
  strictEqual(reason, "the forecasts of this time were made from too few samples to be graded");
});

Deno.test("gradeForecasts() has no MASE for samples that do not change", () => {
  const constant = { ...samples, values: Float64Array.of(5, 5, 5) };
  const grades = gradeForecasts([forecast(0, [6, 6], 2)], constant);
  strictEqual(grades.mae, 1);
  strictEqual(grades.mase, null);
  strictEqual(typeof grades.reason, "string");
});
