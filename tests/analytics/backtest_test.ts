import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { backtest, fitHoltWinters, type Forecast, naive, seasonalNaive } from "@pronoia/analytics";
import { seasonalSeries } from "./_series.ts";

const fit = (past: Float64Array, horizon: number) => naive(past, { horizon });

Deno.test("backtest() of the naive forecast as worked by hand", () => {
  // Origins after 3, 2 folds of 2: forecasts 4, 4 of 3, 5 and 5, 5 of 7, 5.
  const result = backtest([1, 2, 4, 3, 5, 7, 5], { fit, horizon: 2, folds: 2 });
  deepStrictEqual(result.errors.map((row) => [...row]), [[-1, 1], [2, 0]]);
  strictEqual(result.mae, 1);
  strictEqual(result.rmse, Math.sqrt(6 / 4));
  // Scales: (1 + 2) / 2, then (1 + 2 + 1 + 2) / 4, both 1.5.
  ok(Math.abs(result.mase! - 1 / 1.5) < 1e-15);
  ok(Math.abs(result.smape - 200 / 4 * (1 / 7 + 1 / 9 + 2 / 12)) < 1e-12);
  strictEqual(result.coverage, 1);
});

Deno.test("backtest() never shows a fit what it is judged by", () => {
  const lengths: number[] = [];
  backtest([1, 2, 3, 4, 5, 6, 7, 8], {
    fit: (past, horizon) => {
      lengths.push(past.length);
      deepStrictEqual([...past], [1, 2, 3, 4, 5, 6, 7, 8].slice(0, past.length));
      return naive(past, { horizon });
    },
    horizon: 2,
    folds: 3,
    stride: 1,
  });
  deepStrictEqual(lengths, [4, 5, 6]);
});

Deno.test("backtest() takes models as well, at the confidence asked for", () => {
  const values = seasonalSeries(200, 12, 1);
  const model = (past: Float64Array) => fitHoltWinters(past, { seasonal: "additive", period: 12 });
  const { mase, coverage } = backtest(values, {
    fit: model,
    horizon: 6,
    folds: 4,
    period: 12,
    confidence: 0.8,
  });
  ok(mase! < 1);
  ok(coverage > 0.5 && coverage < 1);
});

Deno.test("backtest() leaves missing values out of every measure", () => {
  const result = backtest([1, 2, 4, NaN, 5], { fit, horizon: 2, folds: 1 });
  deepStrictEqual(result.errors.map((row) => [...row]), [[NaN, 1]]);
  strictEqual(result.mae, 1);
});

Deno.test("backtest() has no scaled error where the past repeats exactly", () => {
  const seasonal = (past: Float64Array, horizon: number) => seasonalNaive(past, { period: 2, horizon });
  strictEqual(
    backtest([1, 2, 1, 2, 1, 2, 3, 3], { fit: seasonal, horizon: 2, folds: 1, period: 2 }).mase,
    null,
  );
});

Deno.test("backtest() throws on what it cannot work with", () => {
  throws(() => backtest([1, 2, 3], { fit, horizon: 2, folds: 2 }), {
    name: "RangeError",
    message: "Cannot backtest as 2 folds need at least 5 values: found 3",
  });
  throws(() => backtest([1, 2, NaN], { fit, horizon: 1, folds: 1 }), RangeError);
  throws(() => backtest([1, 2, 3], { fit, horizon: 0 }), RangeError);
  throws(() => backtest([1, 2, 3], { fit, folds: 0 }), RangeError);
  throws(() => backtest([1, 2, Infinity], { fit }), RangeError);
  // @ts-expect-error no function
  throws(() => backtest([1, 2, 3], { fit: "naive" }), TypeError);
  const short = (past: Float64Array) => naive(past, { horizon: 1 });
  throws(() => backtest([1, 2, 3, 4], { fit: short, horizon: 2, folds: 1 }), RangeError);
});

Deno.test("backtest() refuses a fit that answers with neither model nor forecast", () => {
  const one = new Float64Array(1);
  const answers = [undefined, null, {}, 5, () => {}, { mean: [1, 1, 1], lower: [0, 0, 0], upper: [2, 2, 2] }];
  for (const answer of answers) {
    throws(
      () => backtest(Array(20).fill(1), { fit: () => answer as unknown as Forecast, horizon: 3, folds: 2 }),
      {
        name: "TypeError",
        message: /^Cannot backtest as "fit" must answer with a model or a forecast: found /,
      },
    );
  }
  const short = { ...naive([1, 2, 3]), upper: one };
  throws(() => backtest(Array(20).fill(1), { fit: () => short, horizon: 3, folds: 2 }), {
    name: "RangeError",
    message: "Cannot backtest as every forecast must be 3 steps long: found 1",
  });
});

Deno.test("backtest() says how to wrap a method that takes options", () => {
  // @ts-expect-error the horizon is not an options object
  throws(() => backtest(seasonalSeries(100, 4, 1), { fit: naive }), {
    name: "TypeError",
    message: 'Cannot backtest as "fit" must wrap what takes options, as ' +
      "(past, horizon) => naive(past, { horizon }): found naive",
  });
});
