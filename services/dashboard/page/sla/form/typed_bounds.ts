import { findViolations } from "@pronoia/analytics";
import { readDuration } from "../../../../shared/domain/units/duration_text.ts";
import type { SlaDraft, SlaPreview } from "../../api/slas.ts";
import type { TimeRange } from "../../zoom_range.ts";

/** Lowest and highest value in bounds; `null` is open. */
export interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

/** The bounds as they are typed; where none are, or what is typed is no bound, those that were judged. */
export function boundsOf(draft: Partial<SlaDraft>, judged: Bounds): Bounds {
  const { min, max } = { min: numberOf(draft.min), max: numberOf(draft.max) };
  const isTyped = min !== null || max !== null;
  return isTyped && (min === null || max === null || min <= max)
    ? { min, max }
    : { min: judged.min, max: judged.max };
}

/** The series that is drawn: the worst, which the words are about, where there are samples of it. */
export function drawnSeries(
  { samples, status }: SlaPreview,
): SlaPreview["samples"]["series"][number] | undefined {
  const [worst] = status.series;
  return samples.series.find(({ seriesId }) => seriesId === worst?.seriesId) ?? samples.series[0];
}

/**
 * When the samples that are drawn were out of bounds. Found here, so that what is shaded follows each letter typed; the
 * service's own word on it comes once the typing rests.
 */
export function intervalsOf(preview: SlaPreview, bounds: Bounds): readonly TimeRange[] {
  const { sla, samples } = preview;
  const values = drawnSeries(preview)?.values;
  if (values === undefined || (bounds.min === null && bounds.max === null)) return [];
  const { fromMs: startMs, stepMs } = samples;
  // An excursion as long as the tolerance counts for an SLA; to the library it is still tolerated.
  const toleranceMs = Math.max(0, readDuration(sla.tolerance) - 1);
  const series = { startMs, stepMs, values: values.map((value) => value ?? NaN) };
  return findViolations(series, { ...bounds, toleranceMs }).intervals;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
