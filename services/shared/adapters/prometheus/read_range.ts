import { DomainError } from "../../domain/errors.ts";
import { canonicalLabels, type Labels } from "../../domain/labels.ts";
import type { RangeQuery, RangeReading } from "../../ports/metrics_source.ts";
import { placeOnGrid } from "../demo/place_on_grid.ts";
import { AnswerTooLarge } from "./fetch_failure.ts";
import type { PrometheusClient } from "./prometheus_client.ts";
import type { Answer } from "./read_answer.ts";
import { readMatrix } from "./read_matrix.ts";

/** How to read: raw samples for a selector, evaluated on the grid for anything else. */
export interface RangeMode {
  readonly raw: boolean;
  /** How old a sample may be to count at a grid step, ms; evaluated reads only. */
  readonly lookbackMs?: number;
}

/** Prometheus' own limit for evaluated reads, not configurable there. */
const POINTS_MAX = 11_000;
/** Samples per answer: half a MB, parsed in some 20 ms. */
const SAMPLES_AIM = 25_000;
/** The first piece finds out how many samples there are. */
const FIRST_STEPS = 24;
const PIECES_MAX = 5_000;

/**
 * Reads a range in pieces, newest first, each about {@linkcode SAMPLES_AIM} samples, and puts them on the grid.
 *
 * A selector is read raw, by an instant query of a range selector: evaluation on a grid carries the last sample up to
 * five minutes into a gap (`lookback_delta` per query came after 2.42), raw samples carry nothing.
 */
export async function readRange(
  client: PrometheusClient,
  query: RangeQuery,
  mode: RangeMode,
  signal?: AbortSignal,
): Promise<RangeReading> {
  const { fromMs, toMs, stepMs } = query;
  const grid = new Map<string, { labels: Labels; values: Float64Array }>();
  const warnings = new Set<string>();
  let incomplete = false;
  let infinite = 0;
  let histograms = 0;

  let endMs = toMs;
  let steps = FIRST_STEPS;
  for (let piece = 0; endMs > fromMs; piece++) {
    if (piece >= PIECES_MAX) throw tooMuch(query);
    const startMs = Math.max(fromMs, endMs - Math.min(steps, mode.raw ? Infinity : POINTS_MAX) * stepMs);
    const range = { ...query, fromMs: startMs, toMs: endMs };
    const answer = await askOrNull(() => ask(client, range, mode, signal));
    if (answer === null) {
      // Too large for one answer, here or there: half of it may do.
      if (endMs - startMs <= stepMs) throw tooMuch(query);
      steps = Math.max(1, Math.floor((endMs - startMs) / stepMs / 2));
      continue;
    }
    const matrix = readMatrix(answer.data);
    for (const series of matrix.series) {
      const key = canonicalLabels(series.labels);
      let entry = grid.get(key);
      if (entry === undefined) {
        entry = { labels: series.labels, values: new Float64Array((toMs - fromMs) / stepMs).fill(NaN) };
        grid.set(key, entry);
      }
      infinite += placeOnGrid(
        series,
        range,
        entry.values.subarray((startMs - fromMs) / stepMs, (endMs - fromMs) / stepMs),
      );
    }
    histograms = Math.max(histograms, matrix.histograms.length);
    for (const warning of answer.warnings) warnings.add(warning);
    incomplete ||= answer.incomplete;
    const perStep = matrix.samples / ((endMs - startMs) / stepMs);
    steps = perStep === 0 ? steps * 8 : Math.max(1, Math.floor(SAMPLES_AIM / perStep));
    endMs = startMs;
  }
  if (infinite > 0) warnings.add(`${infinite} infinite samples are read as missing`);
  if (histograms > 0) warnings.add(`${histograms} series of native histograms are left out`);
  const series = [...grid.values()].filter(({ values }) => !values.every(Number.isNaN));
  return {
    series: series.map(({ labels, values }) => ({ labels, startMs: fromMs, stepMs, values })),
    warnings: [...warnings],
    incomplete,
  };
}

function ask(
  client: PrometheusClient,
  range: RangeQuery,
  mode: RangeMode,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const { expression, fromMs, toMs, stepMs } = range;
  if (mode.raw) {
    // Samples at `toMs` belong to the next range; one before `fromMs` (closed ranges, before Prometheus 3) falls off the grid.
    const form = { query: `${expression}[${toMs - fromMs}ms]`, time: seconds(toMs - 1) };
    return client.post("api/v1/query", form, { signal });
  }
  const form = {
    query: expression,
    start: seconds(fromMs),
    end: seconds(toMs - stepMs),
    step: seconds(stepMs),
    ...(mode.lookbackMs === undefined ? {} : { lookback_delta: seconds(mode.lookbackMs) }),
  };
  return client.post("api/v1/query_range", form, { signal });
}

/** The answer, or `null` if it would be too large. */
async function askOrNull(request: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof AnswerTooLarge) return null;
    if (error instanceof DomainError && /too many samples|maximum resolution/.test(error.message)) {
      return null;
    }
    throw error;
  }
}

function seconds(durationMs: number): string {
  return (durationMs / 1_000).toFixed(3);
}

function tooMuch(query: RangeQuery): DomainError {
  return new DomainError(
    "invalid",
    `Cannot read samples as a single step of "${query.expression}" is more than one answer can hold`,
  );
}
