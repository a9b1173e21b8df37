import { findViolations } from "@pronoia/analytics";
import { readDuration } from "../../../../shared/domain/units/duration_text.ts";
import type { SlaDraft, SlaPreview } from "../../api/slas.ts";
import type { ShadedStretch } from "../../charts/data/shaded_stretch.ts";

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
 * When the samples that are drawn were out of bounds, and when there were none for too long. Bounds are searched
 * here, so that what is shaded follows each letter typed; the service's own word on it comes once the typing rests.
 */
export function intervalsOf(preview: SlaPreview, bounds: Bounds): readonly ShadedStretch[] {
  const { sla, samples, violations } = preview;
  const drawn = drawnSeries(preview);
  if (drawn === undefined || (bounds.min === null && bounds.max === null)) return [];
  const { fromMs: startMs, stepMs } = samples;
  // An excursion as long as the tolerance counts for an SLA; to the library it is still tolerated.
  const toleranceMs = Math.max(0, readDuration(sla.tolerance) - 1);
  const series = { startMs, stepMs, values: drawn.values.map((value) => value ?? NaN) };
  const silent = violations.series.find(({ seriesId }) => seriesId === drawn.seriesId)?.intervals ?? [];
  return [
    ...findViolations(series, { ...bounds, toleranceMs }).intervals,
    ...silent.filter(({ cause }) => cause === "noData"),
  ];
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
