import type { RequestedRange } from "../../shared/domain/requested_range.ts";
import type { Series } from "../../shared/domain/series.ts";
import type { MetricsSource } from "../../shared/ports/metrics_source.ts";
import type { ResultReader } from "../../shared/ports/result_reader.ts";
import type { SampleReader } from "../samples/read_samples.ts";
import { requireSeries } from "../stored/require_series.ts";
import { gradeForecasts, type Grades } from "./grade_forecasts.ts";
import { toTimes } from "./list_past_forecasts.ts";

/** Most forecasts of one grading. */
const FORECASTS_MAX = 1000;

/** The grades of one series over a time. */
export interface Accuracy extends Grades {
  readonly series: Series;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Grades the stored forecasts of a series whose origin is in a range against the samples that came.
 *
 * @throws {DomainError} `not-found` if there is no such series, `invalid` for a wrong range.
 */
export async function readAccuracy(
  { reader, source, readSamples }: {
    readonly reader: ResultReader;
    readonly source: MetricsSource;
    readonly readSamples: SampleReader;
  },
  id: string,
  query: RequestedRange,
): Promise<Accuracy> {
  const [series, range] = await Promise.all([requireSeries(reader, id), toTimes(query, source)]);
  const forecasts = await reader.listForecasts(id, { ...range, limit: FORECASTS_MAX });
  const horizonMs = Math.max(0, ...forecasts.map((forecast) => forecast.horizonMs));
  const samplesToMs = Math.min(range.toMs + horizonMs, Math.max(range.toMs, await source.nowMs()));
  const samples = await readSamples(series, {
    fromMs: range.fromMs,
    toMs: samplesToMs,
    ...(query.fromMs === undefined && { field: "window" }),
  });
  return { series, ...range, ...gradeForecasts(forecasts, samples) };
}
