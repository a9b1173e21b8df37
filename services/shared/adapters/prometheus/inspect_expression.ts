import { DomainError } from "../../domain/errors.ts";
import type { Labels } from "../../domain/labels.ts";
import { exactSelector, formatSelector } from "../../domain/selector.ts";
import type { Inspection } from "../../ports/metrics_source.ts";
import { parseExpression, type ReadSelector } from "../promql/parse_expression.ts";
import type { PrometheusClient } from "./client/prometheus_client.ts";
import type { DiscoverParts } from "./discover_series.ts";
import { readMatrix, readSeriesList } from "./read_matrix.ts";
import { INTERVAL_DEFAULT_MS } from "./scrape_intervals.ts";
import { toSeconds } from "./to_seconds.ts";

/** A few series tell the interval of what an expression reads. */
const READ_SERIES_MAX = 20;
const LOOK_MS = 3_600_000;
/** What an instant query looks back. */
const LOOK_HISTOGRAMS_MS = 300_000;

/** When an expression is looked at, and until when an answer is awaited. */
interface Moment {
  readonly nowMs: number;
  readonly signal?: AbortSignal;
}

/** Asks Prometheus what an expression yields now; Prometheus' parser has the last word on what is PromQL. */
export async function inspectExpression(
  parts: DiscoverParts,
  expression: string,
  moment: Moment,
): Promise<Inspection> {
  const { client } = parts;
  const { nowMs, signal } = moment;
  const form = { query: expression, time: toSeconds(nowMs) };
  const { data, warnings } = await client.post("api/v1/query", form, { signal });
  const type = (data as { resultType?: unknown } | null)?.resultType;
  if (type !== "vector") {
    throw new DomainError(
      "invalid",
      `Cannot watch "${expression}" as it must yield series with one value each (an instant vector): found a ${
        type === "matrix" ? "range vector" : type
      }`,
    );
  }
  const { series, histograms } = readMatrix(data);
  if (histograms.length > 0) {
    throw new DomainError(
      "invalid",
      `Cannot watch "${expression}" as it must yield numbers: found native histograms, of which histogram_quantile or histogram_avg make numbers`,
    );
  }
  const { reads } = parseExpression(expression);
  const read = await readSeries(parts, reads, moment);
  return {
    series: series.map(({ labels }) => labels),
    stepMs: read.stepMs,
    warnings: [...warnings, ...read.warnings],
  };
}

/** The interval of what is read, the longest where they differ (below it values only repeat), and raw counters. */
export async function readSeries(
  parts: DiscoverParts,
  reads: readonly ReadSelector[],
  moment: Moment,
): Promise<{ readonly stepMs: number; readonly warnings: readonly string[] }> {
  const { nowMs, signal } = moment;
  const range = { fromMs: nowMs - LOOK_MS, toMs: nowMs };
  let stepMs = 0;
  const counters = new Set<string>();
  for (const { matchers, inRange } of reads) {
    const labels = await sampleSeries(parts.client, formatSelector(matchers), moment);
    for (const intervalMs of await parts.intervals.find(labels, range, signal)) {
      stepMs = Math.max(stepMs, intervalMs);
    }
    if (inRange) continue;
    const types = await parts.types.find(labels, range, signal);
    types.forEach(({ type }, i) => {
      if (type === "counter") counters.add(labels[i].__name__ ?? "");
    });
  }
  return {
    stepMs: stepMs || await commonInterval(parts, moment),
    warnings: [...counters].map((name) => {
      const selector = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name) ? name : exactSelector({ __name__: name });
      return `"${name}" is a counter: it is judged as it counts. Its rate is rate(${selector}[5m]).`;
    }),
  };
}

/**
 * Of what yields no series yet: as often as Prometheus scrapes anything, the longest where targets differ. One that
 * has just begun has no samples yet, but targets.
 */
async function commonInterval({ client, intervals }: DiscoverParts, moment: Moment): Promise<number> {
  const { nowMs, signal } = moment;
  const labels = await sampleSeries(client, "up", moment);
  const found = await intervals.find(labels, { fromMs: nowMs - LOOK_MS, toMs: nowMs }, signal);
  return Math.max(...found, 0) || (await intervals.longest(signal) ?? INTERVAL_DEFAULT_MS);
}

async function sampleSeries(
  client: PrometheusClient,
  selector: string,
  moment: Moment,
): Promise<readonly Labels[]> {
  const { nowMs, signal } = moment;
  const form = { query: `topk(${READ_SERIES_MAX}, ${selector})`, time: toSeconds(nowMs) };
  const { data } = await client.post("api/v1/query", form, { signal });
  const { series } = readMatrix(data);
  return series.length > 0
    ? series.map(({ labels }) => labels)
    : await sampleHistograms(client, selector, moment);
}

/** Native histograms have no order, so `topk` knows none of them. */
async function sampleHistograms(
  client: PrometheusClient,
  selector: string,
  { nowMs, signal }: Moment,
): Promise<readonly Labels[]> {
  const form = {
    "match[]": selector,
    start: toSeconds(nowMs - LOOK_HISTOGRAMS_MS),
    end: toSeconds(nowMs),
    limit: `${READ_SERIES_MAX}`,
  };
  const { data } = await client.post("api/v1/series", form, { signal });
  return readSeriesList(data).slice(0, READ_SERIES_MAX);
}
