import type { SampledSeries } from "../../shared/ports/metrics_source.ts";

/**
 * What a method is chosen from: from the first sample to the one before `toMs`. An infinite one, as of a division by
 * zero, tells of no level and is missing.
 */
export function observedValues(
  samples: SampledSeries | undefined,
  toMs: number,
): Float64Array {
  if (samples === undefined) return new Float64Array(0);
  const { startMs, stepMs, values } = samples;
  const first = values.findIndex((value) => Number.isFinite(value));
  if (first < 0) return new Float64Array(0);
  return values.slice(first, Math.max(first, Math.round((toMs - startMs) / stepMs)))
    .map((value) => Number.isFinite(value) ? value : NaN);
}
