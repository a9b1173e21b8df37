import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { createDemoSource, DEMO_STEP_MS } from "../../services/shared/adapters/demo/demo_source.ts";
import { canonicalLabels, type Labels } from "../../services/shared/domain/labels.ts";
import { exactSelector } from "../../services/shared/domain/selector.ts";
import type { MetricsSource, RangeQuery, RangeReading } from "../../services/shared/ports/metrics_source.ts";
import { demoHistory, extraHistory } from "../support/demo_history.ts";

/** A source that holds the demo world up to `toMs`: as itself, or loaded into a real Prometheus. */
export interface SourceUnderTest {
  readonly source: MetricsSource;
  /** End of what it holds, aligned to the demo's step; its own now is at or soon after it. */
  readonly toMs: number;
  /** It holds {@linkcode extraHistory} as well: hostile labels, another interval, values that are no numbers. */
  readonly hasExtra: boolean;
}

const HOUR = 3_600_000;
const ALL = '{__name__=~".+"}';

/** What every adapter of `MetricsSource` promises, as steps of one test. */
export async function metricsSourceContract(t: Deno.TestContext, world: SourceUnderTest): Promise<void> {
  const { source, toMs, hasExtra } = world;
  const fromMs = toMs - 3 * HOUR;
  const oracle = createDemoSource({ clock: { nowMs: () => toMs - 1, sleep: () => Promise.resolve() } });
  const query = (expression: string, change: Partial<RangeQuery> = {}): RangeQuery => ({
    expression,
    fromMs,
    toMs,
    stepMs: DEMO_STEP_MS,
    ...change,
  });

  await t.step("ping() resolves and nowMs() is the source's now", async () => {
    await source.ping();
    ok(await source.nowMs() >= toMs - DEMO_STEP_MS);
  });

  await t.step("discover() finds labels, type, unit and interval", async () => {
    const { series, leftOut } = await source.discover({ selectors: [ALL], fromMs, toMs });
    const known = await oracle.discover({ selectors: [ALL], fromMs, toMs });
    for (const wanted of known.series) {
      const found = series.find(({ labels }) => canonicalLabels(labels) === canonicalLabels(wanted.labels));
      ok(found, `missing ${canonicalLabels(wanted.labels)}`);
      strictEqual(found.stepMs, DEMO_STEP_MS);
      strictEqual(found.unit, wanted.unit);
      // What types the targets declare is lost in a block of history; names still tell counters.
      strictEqual(found.type === "counter", wanted.type === "counter");
    }
    ok(leftOut.some(({ rule, series }) => rule.startsWith("_info") && series >= 1));
    ok(!series.some(({ labels }) => labels.__name__.endsWith("_info")));
  });

  await t.step("discover() gives each metric one expression, which reads its series", async () => {
    const selectors = ['{job="checkout"}', 'http_requests_total{code="500"}'];
    const { series } = await source.discover({ selectors, fromMs, toMs });
    const requests = series.filter(({ labels }) => labels.__name__ === "http_requests_total");
    strictEqual(requests.length, 2);
    strictEqual(new Set(requests.map(({ expression }) => expression)).size, 1);
    const reading = await source.read(query(requests[0].expression));
    deepStrictEqual(identities(reading), requests.map(({ labels }) => canonicalLabels(labels)).sort());
  });

  await t.step("discover() rejects what is no selector", async () => {
    for (const selector of ["rate(up[5m])", "up{", "1", '{job!="no_such_job"}']) {
      await rejects(source.discover({ selectors: [selector], fromMs, toMs }), {
        name: "DomainError",
        code: "invalid",
      });
    }
  });

  await t.step("read() gives exactly the samples, on the grid, gaps as NaN", async () => {
    for (const name of ["node_hwmon_temp_celsius", "http_requests_total", "kafka_consumergroup_lag", "up"]) {
      for (const stepMs of [DEMO_STEP_MS, 2 * DEMO_STEP_MS, 10 * DEMO_STEP_MS]) {
        const range = query(name, { stepMs, fromMs: floor(fromMs, stepMs), toMs: floor(toMs, stepMs) });
        sameReading(await source.read(range), await oracle.read(range));
      }
    }
  });

  await t.step("read() sees gaps of the source as gaps", async () => {
    const range = query("node_hwmon_temp_celsius", { fromMs: toMs - 6 * HOUR });
    const [{ values }] = (await source.read(range)).series;
    const missing = values.filter(Number.isNaN).length;
    ok(missing >= 18 && missing < values.length / 2, `${missing} missing`);
  });

  await t.step("read() of parts joins to the whole", async () => {
    const middleMs = floor(toMs - 1.3 * HOUR, DEMO_STEP_MS);
    const whole = await source.read(query("node_load1"));
    const first = await source.read(query("node_load1", { toMs: middleMs }));
    const second = await source.read(query("node_load1", { fromMs: middleMs }));
    deepStrictEqual([...first.series[0].values, ...second.series[0].values], [...whole.series[0].values]);
  });

  await t.step("read() leaves the future missing", async () => {
    const range = query("up", { fromMs: toMs - DEMO_STEP_MS, toMs: toMs + 20 * DEMO_STEP_MS });
    const [{ values }] = (await source.read(range)).series;
    strictEqual(values.length, 21);
    strictEqual(values[0], 1);
    ok(values.slice(5).every(Number.isNaN));
  });

  await t.step("read() of nothing is an empty reading", async () => {
    deepStrictEqual((await source.read(query("no_such_metric"))).series, []);
    deepStrictEqual((await source.read(query('up{job="nobody"}'))).series, []);
    const longAgo = query("up", { fromMs: toMs - 400 * 24 * HOUR, toMs: toMs - 400 * 24 * HOUR + HOUR });
    const { series } = await source.read(longAgo);
    // The demo has any past, a Prometheus only what it was given.
    ok(series.length === 0 || !Number.isNaN(series[0].values[0]));
  });

  await t.step("read() answers concurrent reads alike", async () => {
    const readings = await Promise.all(Array.from({ length: 12 }, () => source.read(query("node_load1"))));
    for (const reading of readings) sameReading(reading, readings[0]);
    readings[0].series[0].values.fill(0);
    ok(readings[1].series[0].values[0] !== 0, "every reader owns its values");
  });

  await t.step("read() evaluates a rate", async () => {
    const reading = await source.read(query('rate(http_requests_total{code="200"}[5m])'));
    strictEqual(reading.series.length, 1);
    const [{ values, labels }] = reading.series;
    strictEqual(labels.__name__, undefined);
    strictEqual(values.length, 360);
    ok(values.slice(12).every((value) => value > 5 && value < 200), `${values.slice(0, 20)}`);
  });

  await t.step("read() rejects a wrong expression and a wrong range", async () => {
    for (const expression of ["up{", "rate(", "no such metric", ""]) {
      await rejects(source.read(query(expression)), { name: "DomainError", code: "invalid" });
    }
    for (
      const change of [
        { fromMs: fromMs + 1 },
        { toMs: fromMs },
        { stepMs: 0 },
        { stepMs: NaN },
        { toMs: fromMs + 600_000 * DEMO_STEP_MS },
      ]
    ) {
      await rejects(source.read(query("up", change)), { name: "DomainError", code: "invalid" });
    }
  });

  await t.step("inspect() tells the series, the step, and warns of raw counters", async () => {
    const raw = await source.inspect("http_requests_total");
    strictEqual(raw.series.length, 2);
    strictEqual(raw.stepMs, DEMO_STEP_MS);
    ok(raw.warnings.some((warning) => warning.includes("counter")));
    const rate = await source.inspect("rate(http_requests_total[5m])");
    strictEqual(rate.series.length, 2);
    strictEqual(rate.stepMs, DEMO_STEP_MS);
    deepStrictEqual(rate.warnings, []);
    deepStrictEqual((await source.inspect("node_load1")).warnings, []);
    deepStrictEqual((await source.inspect("no_such_metric")).series, []);
  });

  await t.step("inspect() rejects what yields no series", async () => {
    for (const expression of ["up{", "1 + 1", '"text"', "up[5m]", "sum by (", "{}", '{__name__=~".*"}']) {
      await rejects(source.inspect(expression), { name: "DomainError", code: "invalid" });
    }
  });

  await t.step("an exact selector reads one series", async () => {
    const { series } = await source.discover({ selectors: ["http_requests_total"], fromMs, toMs });
    for (const { labels } of series) {
      const reading = await source.read(query(exactSelector(labels)));
      deepStrictEqual(identities(reading), [canonicalLabels(labels)]);
    }
  });

  if (hasExtra) {
    await t.step("hostile labels and odd values survive", async () => {
      const { series } = await source.discover({ selectors: ['{job="extra"}'], fromMs, toMs });
      for (const { labels, samples } of extraHistory(toMs)) {
        const found = series.find((each) => canonicalLabels(each.labels) === canonicalLabels(labels));
        ok(found, canonicalLabels(labels));
        strictEqual(found.stepMs, 60_000);
        const reading = await source.read({
          expression: exactSelector(labels),
          fromMs: floor(fromMs, 60_000),
          toMs: floor(toMs, 60_000),
          stepMs: 60_000,
        });
        const wanted = samples.filter(({ value, timeMs }) =>
          Number.isFinite(value) && timeMs >= floor(fromMs, 60_000)
        );
        const values = [...reading.series[0].values].filter((value) => !Number.isNaN(value));
        deepStrictEqual(values, wanted.map(({ value }) => value));
      }
    });
  }
}

/** The history that {@linkcode metricsSourceContract} expects a real Prometheus to hold, as OpenMetrics. */
export function contractHistory(toMs: number): string {
  return demoHistory({ fromMs: toMs - 7 * HOUR, toMs });
}

function sameReading(actual: RangeReading, wanted: RangeReading): void {
  const entries = (reading: RangeReading) =>
    reading.series.map(({ labels, startMs, stepMs, values }): [string, Labels, number, number, number[]] => [
      canonicalLabels(labels),
      labels,
      startMs,
      stepMs,
      [...values],
    ]).sort(([a], [b]) => a < b ? -1 : 1);
  deepStrictEqual(
    entries(actual).map(([key, , ...rest]) => [key, ...rest]),
    entries(wanted).map(([key, , ...rest]) => [key, ...rest]),
  );
}

function identities(reading: RangeReading): string[] {
  return reading.series.map(({ labels }) => canonicalLabels(labels)).sort();
}

function floor(timeMs: number, stepMs: number): number {
  return Math.floor(timeMs / stepMs) * stepMs;
}
