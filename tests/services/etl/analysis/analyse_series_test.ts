import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { acf, summarize } from "@pronoia/analytics";
import { analyse, HOUR, job, N, noise, series, sine, STEP, TO_MS } from "./_analyse.ts";

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
