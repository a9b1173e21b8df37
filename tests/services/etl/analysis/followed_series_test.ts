import { deepStrictEqual, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { ForecasterState } from "../../../../services/etl/analysis/series_forecaster.ts";
import { analyse, job, N, series, sine, STEP, TO_MS } from "./_analyse.ts";

Deno.test("analyseSeries() chooses once and follows the series afterwards", () => {
  const states = new Map<string, ForecasterState>();
  const first = analyse(
    job(sine.subarray(0, N - 5), { toMs: TO_MS - 5 * STEP, startMs: TO_MS - N * STEP }),
    states,
  );
  strictEqual(first.quick, false);
  const next = analyse(job(sine, { metadata: false, choose: false }), states);
  deepStrictEqual([next.metadata, next.quick], [undefined, false]);
  strictEqual(next.forecast.originMs, TO_MS - STEP);
  strictEqual(next.forecast.method, first.forecast.method);
  ok(!next.timings.some(({ name }) => name.startsWith("chooseForecaster")));
  ok(next.timings.some(({ name }) => name === "update"));
});

Deno.test("analyseSeries() makes a quick choice where none is known, and says so", () => {
  const { quick, forecast, metadata } = analyse(job(sine, { metadata: false, choose: false }));
  deepStrictEqual([quick, forecast.quick, metadata], [true, true, undefined]);
});

Deno.test("analyseSeries() forecasts from the newest sample when the last ones are late", () => {
  const states = new Map<string, ForecasterState>();
  const late = series((k) => k < N - 2 ? sine[k] : NaN);
  strictEqual(analyse(job(late), states).forecast.originMs, TO_MS - 3 * STEP);
  strictEqual(analyse(job(sine, { choose: false }), states).forecast.originMs, TO_MS - STEP);
});

Deno.test("analyseSeries() chooses anew, at once, when a constant moves: the interval holds what comes", () => {
  const states = new Map<string, ForecasterState>();
  const line = (length: number): number[] => Array.from({ length }, (_, k) => Math.max(21, 21 + k - 31));
  strictEqual(analyse(job(line(32)), states).forecast.method, "constant");
  for (let came = 1; came <= 12; came++) {
    const values = line(32 + came);
    const toMs = TO_MS + came * STEP;
    const { forecast, quick } = analyse(
      job(values, { toMs, startMs: TO_MS - 32 * STEP, choose: false, metadata: false }),
      states,
    );
    notStrictEqual(forecast.method, "constant");
    // The full choice comes with its turn.
    strictEqual(quick, true);
    const next = 22 + came;
    ok(forecast.lower[0] <= next && next <= forecast.upper[0], `after ${came}: ${forecast.upper[0]}`);
  }
});
