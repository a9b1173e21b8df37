import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { acf, summarize } from "@pronoia/analytics";
import { analyseSeries } from "../../../../services/etl/analysis/analyse_series.ts";
import type { SeriesJob } from "../../../../services/etl/analysis/analysis_job.ts";
import type { ForecasterState } from "../../../../services/etl/analysis/series_forecaster.ts";
import { createNoise } from "../../../../services/shared/adapters/demo/noise.ts";
import { ResultMessage } from "../../../../services/shared/domain/results/messages.ts";

const STEP = 60_000;
const HOUR = 3_600_000;
const TO_MS = Date.UTC(2026, 0, 2);
const N = 1_440;
const noise = createNoise(3, "test");

function job(values: ArrayLike<number>, change: Partial<SeriesJob> = {}): SeriesJob {
  return {
    kind: "series",
    series: { id: "0123456789abcdef", name: "test", labels: { a: "b" }, type: "gauge", unit: null },
    stepMs: STEP,
    startMs: TO_MS - values.length * STEP,
    toMs: TO_MS,
    values: Float64Array.from(values),
    lookbackMs: 24 * HOUR,
    windowsMs: [HOUR, 3 * HOUR, 12 * HOUR],
    horizonMs: 600_000,
    producedAtMs: TO_MS + 7_000,
    metadata: true,
    choose: true,
    figures: true,
    ...change,
  };
}

function analyse(given: SeriesJob, states = new Map<string, ForecasterState>()) {
  const outcome = analyseSeries(given, states);
  const messages = outcome.messages.map(({ kind, value }) => {
    const message = ResultMessage.parse(JSON.parse(new TextDecoder().decode(value)));
    strictEqual(message.kind, kind);
    return message;
  });
  const only = <Kind extends ResultMessage["kind"]>(kind: Kind) =>
    messages.filter((message): message is Extract<ResultMessage, { kind: Kind }> => message.kind === kind);
  return {
    ...outcome,
    metadata: only("metadata")[0],
    statistics: only("statistics"),
    forecast: only("forecast")[0],
  };
}

const series = (value: (k: number) => number, length = N) =>
  Float64Array.from({ length }, (_, k) => value(k));
const sine = series((k) =>
  50 + 10 * Math.sin(2 * Math.PI * (TO_MS / STEP - N + k) / 60) + 0.2 * noise.normal(k)
);

Deno.test("analyseSeries() publishes the library's own figures", () => {
  const { metadata, statistics, forecast, problems } = analyse(job(sine));
  deepStrictEqual(problems, []);
  deepStrictEqual([metadata.fromMs, metadata.toMs, metadata.observations, metadata.missing], [
    TO_MS - 24 * HOUR,
    TO_MS,
    N,
    0,
  ]);
  deepStrictEqual(metadata.autocorrelation.values, [...acf(sine, { maxLag: N - 1 }).values]);
  deepStrictEqual(statistics.map(({ window }) => window), ["1h", "3h", "12h"]);
  for (const { fromMs, toMs, count, min, max, mean, standardDeviation } of statistics) {
    const wanted = summarize(sine.subarray(N - (toMs - fromMs) / STEP));
    deepStrictEqual([count, min, max, mean, standardDeviation], [
      (toMs - fromMs) / STEP,
      wanted.min,
      wanted.max,
      wanted.mean,
      wanted.standardDeviation,
    ]);
  }
  strictEqual(forecast.originMs, TO_MS - STEP);
  strictEqual(forecast.mean.length, 10);
  strictEqual(forecast.horizonMs, 600_000);
  for (const part of ["min", "max", "mean"] as const) {
    const { lower, value, upper } = forecast.summary[part];
    ok(lower <= value && value <= upper);
  }
  ok(forecast.explanation.candidates.length > 1 && forecast.explanation.backtest.mae !== null);
});

Deno.test("analyseSeries() finds an hour's season and draws its cycle from the full hour", () => {
  const { metadata: { seasonality, autocorrelation } } = analyse(job(sine));
  strictEqual(seasonality.verdict, "seasonal");
  strictEqual(seasonality.periods[0], 3_600_000);
  strictEqual(seasonality.profile.length, 60);
  for (const [k, value] of seasonality.profile.entries()) {
    ok(Math.abs(value! - 10 * Math.sin(2 * Math.PI * k / 60)) < 1, `step ${k}: ${value}`);
  }
  strictEqual(autocorrelation.verdict, "autocorrelated");
  ok(/every 1h/.test(seasonality.explanation));
});

Deno.test("analyseSeries() calls a walk not stationary and an AR(1) stationary", () => {
  let walk = 0;
  let ar = 0;
  const walks = series((k) => walk += noise.normal(k));
  const ars = series((k) => ar = 0.6 * ar + noise.normal(k));
  strictEqual(analyse(job(walks)).metadata.stationarity.verdict, "unit-root");
  strictEqual(analyse(job(ars)).metadata.stationarity.verdict, "stationary");
});

for (
  const [name, values] of Object.entries({
    "constant": series(() => 5),
    "all zero": series(() => 0),
    "two points": series((k) => k === 700 || k === 1_439 ? k : NaN),
    "sparse": series((k) => k % 97 === 0 ? Math.sin(k) : NaN),
    "a single spike": series((k) => k === 1_000 ? 1e9 : 0),
    "a step": series((k) => k < 900 ? 1 : 100),
    "a gap": series((k) => k > 300 && k < 700 ? NaN : noise.normal(k)),
    "huge": series((k) => 1e307 * (1 + noise.normal(k) / 100)),
    "tiny": series((k) => 1e-300 * noise.normal(k)),
    "far from zero": series((k) => 1.7e9 + noise.normal(k)),
    "short": series((k) => noise.normal(k), 12),
    "silent for an hour": series((k) => k < N - 61 ? noise.normal(k) : NaN),
  })
) {
  Deno.test(`analyseSeries() answers ${name} with finite figures or reasons`, () => {
    // That every message parses is checked within.
    const { metadata, statistics, forecast, problems, dropped } = analyse(job(values));
    strictEqual(dropped, undefined);
    ok(metadata !== undefined && metadata.stationarity.explanation.length > 10, `${problems}`);
    strictEqual(statistics.length, 3, `${problems}`);
    for (const each of statistics) ok(each.min !== null || each.reason !== undefined);
    ok(
      forecast !== undefined || problems.some((problem) => /^(No forecast|Cannot)/.test(problem)),
      `${problems}`,
    );
  });
}

Deno.test("analyseSeries() takes a counter as its rate, restarts included", () => {
  const total = series((k) => (k < 500 ? k : k - 500) * 120, N + 1);
  const { statistics, metadata } = analyse(job(total, {
    series: {
      id: "0123456789abcdef",
      name: "requests_total",
      labels: {},
      type: "counter",
      unit: "per second",
    },
  }));
  strictEqual(metadata.observations, N);
  deepStrictEqual(statistics.map(({ count, max }) => [count, max]), [[60, 2], [180, 2], [720, 2]]);
});

Deno.test("analyseSeries() drops what it cannot analyse at all, with the reason", () => {
  const counter = {
    id: "0123456789abcdef",
    name: "x_total",
    labels: {},
    type: "counter",
    unit: null,
  } as const;
  const negative = analyse(job(series((k) => -k), { series: counter }));
  match(negative.dropped?.reason ?? "", /never negative/);
  strictEqual(negative.messages.length, 0);
  deepStrictEqual(analyse(job(series((k) => k === 3 ? 1 : NaN))).dropped, {
    cause: "empty",
    reason: "At least 2 values are needed in the window: found 1",
  });
});

Deno.test("analyseSeries() tells null statistics with a reason where a window is empty", () => {
  const { statistics } = analyse(job(series((k) => k < N - 120 ? k : NaN)));
  const [hour, threeHours] = statistics;
  deepStrictEqual([hour.count, hour.min, hour.max, hour.mean, hour.standardDeviation], [
    0,
    null,
    null,
    null,
    null,
  ]);
  strictEqual(hour.reason, "There is no sample in the window");
  strictEqual(threeHours.count, 60);
});

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

Deno.test("analyseSeries() publishes at most 1,500 lags", () => {
  const { metadata } = analyse(
    job(series((k) => noise.normal(k), 3_000), { lookbackMs: 3_000 * STEP, figures: false }),
  );
  strictEqual(metadata.autocorrelation.values.length, 1_501);
});

Deno.test("analyseSeries() times each function, metadata and values apart", () => {
  const { timings } = analyse(job(sine));
  const kinds = new Map(timings.map(({ name, kind }) => [name, kind]));
  for (
    const name of [
      "acf",
      "judgeAutocorrelation",
      "judgeStationarity",
      "findPeriods",
      "stl",
      "chooseForecaster (full)",
    ]
  ) {
    strictEqual(kinds.get(name), "metadata", name);
  }
  for (const name of ["summarize", "forecast", "simulate"]) strictEqual(kinds.get(name), "value", name);
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
