import { DomainError } from "../../domain/errors.ts";
import type { MetricsSource, RangeQuery } from "../../ports/metrics_source.ts";
import { parseExpression } from "../promql/parse_expression.ts";
import { requireRange } from "../require_range.ts";
import { openPrometheusClient, type PrometheusClientOptions } from "./client/prometheus_client.ts";
import { discoverSeries } from "./discover_series.ts";
import { inspectExpression, readSeries } from "./inspect_expression.ts";
import { createMetricTypes } from "./metric_types.ts";
import { readRange } from "./read_range.ts";
import { createScrapeIntervals } from "./scrape_intervals.ts";

/** How to reach Prometheus. */
export type PrometheusSourceOptions = PrometheusClientOptions;

const PING_TIMEOUT_MS = 3_000;
const INTERVAL_FRESH_MS = 10 * 60_000;
const EXPRESSIONS_MAX = 1_000;

/**
 * Reads a real Prometheus, or what speaks its HTTP API.
 *
 * A bare selector is read as raw samples, so that gaps stay gaps; any other expression is evaluated by Prometheus on
 * the grid, where a sample counts for up to its lookback (5 min before `lookback_delta` could be asked for per
 * query).
 */
export function openPrometheusSource(options: PrometheusSourceOptions): MetricsSource {
  const client = openPrometheusClient(options);
  const intervals = createScrapeIntervals(client, options.clock);
  const types = createMetricTypes(client, options.clock);
  const parts = { client, intervals, types };
  const expressionIntervals = new Map<string, { stepMs: number; foundAtMs: number }>();

  async function now(
    request: { signal?: AbortSignal; attemptsMax?: number; timeoutMs?: number },
  ): Promise<number> {
    const { data } = await client.post("api/v1/query", { query: "time()" }, request);
    const seconds = Number((data as { result?: readonly unknown[] } | null)?.result?.[1]);
    if (!(seconds > 0)) {
      throw new DomainError(
        "unavailable",
        "Cannot read the time as the answer has not the shape of Prometheus' API",
      );
    }
    return Math.round(seconds * 1_000);
  }

  /** The scrape interval of what an expression reads: less lookback than that would tear holes. */
  async function intervalOf({ expression, toMs }: RangeQuery, signal?: AbortSignal): Promise<number> {
    const known = expressionIntervals.get(expression);
    const nowMs = options.clock.nowMs();
    if (known !== undefined && nowMs - known.foundAtMs < INTERVAL_FRESH_MS) return known.stepMs;
    const { stepMs } = await readSeries(parts, parseExpression(expression).reads, { nowMs: toMs, signal });
    if (expressionIntervals.size >= EXPRESSIONS_MAX) expressionIntervals.clear();
    expressionIntervals.set(expression, { stepMs, foundAtMs: nowMs });
    return stepMs;
  }

  return {
    name: `Prometheus at ${new URL(options.url).host}`,
    async ping(signal) {
      await now({ signal, attemptsMax: 1, timeoutMs: PING_TIMEOUT_MS });
    },
    nowMs: (signal) => now({ signal }),
    discover: (selection, signal) => discoverSeries(parts, selection, signal),
    async inspect(expression, signal) {
      return await inspectExpression(parts, expression, { nowMs: await now({ signal }), signal });
    },
    async read(query, signal) {
      requireRange(query);
      if (parseExpression(query.expression).kind === "selector") {
        return await readRange(client, query, { raw: true, signal });
      }
      const lookbackMs = 2 * Math.max(query.stepMs, await intervalOf(query, signal));
      return await readRange(client, query, { raw: false, lookbackMs, signal });
    },
    [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}
