import { DomainError } from "../../domain/errors.ts";
import type { RangeQuery, RangeReading } from "../../ports/metrics_source.ts";
import { AnswerTooLarge } from "./client/fetch_failure.ts";
import type { PrometheusClient } from "./client/prometheus_client.ts";
import type { Answer } from "./client/read_answer.ts";
import { SampleGrid } from "./sample_grid.ts";
import { toSeconds } from "./to_seconds.ts";

/** How to read: raw samples for a selector, evaluated on the grid for anything else. */
export interface ReadOptions {
  readonly raw: boolean;
  /** How old a sample may be to count at a grid step, ms; evaluated reads only. */
  readonly lookbackMs?: number;
  readonly signal?: AbortSignal;
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
  options: ReadOptions,
): Promise<RangeReading> {
  const { fromMs, toMs, stepMs } = query;
  const stepsMax = options.raw ? Infinity : POINTS_MAX;
  const grid = new SampleGrid(query);
  let endMs = toMs;
  let steps = FIRST_STEPS;
  for (let count = 0; endMs > fromMs; count++) {
    if (count >= PIECES_MAX) throw tooMuch(query);
    const startMs = Math.max(fromMs, endMs - Math.min(steps, stepsMax) * stepMs);
    const piece = { ...query, fromMs: startMs, toMs: endMs };
    const pieceSteps = (endMs - startMs) / stepMs;
    const answer = await askOrNull(() => ask(client, piece, options));
    if (answer === null) {
      // Too large for one answer, here or there: half of it may do.
      if (pieceSteps <= 1) throw tooMuch(query);
      steps = Math.max(1, Math.floor(pieceSteps / 2));
      continue;
    }
    const perStep = grid.add(answer, piece) / pieceSteps;
    steps = perStep === 0 ? steps * 8 : Math.max(1, Math.floor(SAMPLES_AIM / perStep));
    endMs = startMs;
  }
  return grid.toReading();
}

function ask(client: PrometheusClient, piece: RangeQuery, options: ReadOptions): Promise<Answer> {
  const { expression, fromMs, toMs, stepMs } = piece;
  const { raw, lookbackMs, signal } = options;
  if (raw) {
    // Samples at `toMs` belong to the next range; one before `fromMs` (closed ranges, before Prometheus 3) falls off
    // the grid.
    const form = { query: `${expression}[${toMs - fromMs}ms]`, time: toSeconds(toMs - 1) };
    return client.post("api/v1/query", form, { signal });
  }
  const form = {
    query: expression,
    start: toSeconds(fromMs),
    end: toSeconds(toMs - stepMs),
    step: toSeconds(stepMs),
    ...(lookbackMs === undefined ? {} : { lookback_delta: toSeconds(lookbackMs) }),
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

function tooMuch(query: RangeQuery): DomainError {
  return new DomainError(
    "invalid",
    `Cannot read samples as a single step of "${query.expression}" is more than one answer can hold: aggregate it, such as by sum by (…)`,
  );
}
