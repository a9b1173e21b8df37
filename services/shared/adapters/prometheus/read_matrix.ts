import { DomainError } from "../../domain/errors.ts";
import { labelRecord } from "../../domain/label_record.ts";
import type { Labels } from "../../domain/labels.ts";

/** One series of an answer, its samples as they came. */
export interface RawSeries {
  readonly labels: Labels;
  readonly timesMs: Float64Array;
  readonly values: Float64Array;
}

/** The series of an answer. */
export interface Matrix {
  readonly series: readonly RawSeries[];
  /** Series whose samples are all native histograms: when they were taken, no more. */
  readonly histograms: readonly Pick<RawSeries, "labels" | "timesMs">[];
  /** Samples in the answer. */
  readonly samples: number;
}

const labelSet = labelRecord();

/**
 * Reads a vector or matrix; numbers come as text (`NaN`, `+Inf` and `-Inf` included).
 *
 * @throws {DomainError} `unavailable` if the shape is not Prometheus'.
 */
export function readMatrix(data: unknown): Matrix {
  const { resultType, result } = (data ?? {}) as { resultType?: unknown; result?: unknown };
  if ((resultType !== "matrix" && resultType !== "vector") || !Array.isArray(result)) throw wrongShape();
  const series: RawSeries[] = [];
  const histograms: Pick<RawSeries, "labels" | "timesMs">[] = [];
  let samples = 0;
  for (const each of result) {
    const pairs = resultType === "matrix" ? each?.values : each?.value && [each.value];
    const distributions = each?.histograms ?? (each?.histogram && [each.histogram]);
    if (pairs === undefined && Array.isArray(distributions)) {
      const timesMs = Float64Array.from(distributions, (pair) => Math.round(Number(pair?.[0]) * 1_000));
      histograms.push({ labels: readLabels(each.metric), timesMs });
      continue;
    }
    if (!Array.isArray(pairs)) throw wrongShape();
    samples += pairs.length;
    series.push({ labels: readLabels(each.metric), ...readPairs(pairs) });
  }
  return { series, histograms, samples };
}

/**
 * Reads a list of label sets, as the route `series` answers.
 *
 * @throws {DomainError} `unavailable` if the shape is not Prometheus'.
 */
export function readSeriesList(data: unknown): readonly Labels[] {
  if (!Array.isArray(data)) throw wrongShape();
  return data.map(readLabels);
}

/** Reads a label set as Prometheus writes it. */
function readLabels(metric: unknown): Labels {
  const labels = labelSet.safeParse(metric ?? {});
  if (!labels.success) throw wrongShape();
  return labels.data;
}

/** Parsed by hand: a schema would cost more than all the rest for a million samples. */
function readPairs(pairs: readonly unknown[]): { timesMs: Float64Array; values: Float64Array } {
  const timesMs = new Float64Array(pairs.length);
  const values = new Float64Array(pairs.length);
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i] as [unknown, unknown];
    const time = pair?.[0];
    const text = pair?.[1];
    if (typeof time !== "number" || typeof text !== "string") throw wrongShape();
    timesMs[i] = Math.round(time * 1_000);
    values[i] = readNumber(text);
  }
  return { timesMs, values };
}

function readNumber(text: string): number {
  if (text === "+Inf") return Infinity;
  if (text === "-Inf") return -Infinity;
  const value = Number(text);
  if (Number.isNaN(value) && text !== "NaN" || text === "") throw wrongShape();
  return value;
}

function wrongShape(): DomainError {
  return new DomainError(
    "unavailable",
    "Cannot read series as the answer has not the shape of Prometheus' API",
  );
}
