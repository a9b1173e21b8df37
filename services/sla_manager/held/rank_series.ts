import { badness } from "../../shared/domain/sla/sla_status.ts";
import type { SeriesView, SlaEntry } from "./sla_entry.ts";

/**
 * The label sets of an SLA by how bad they are in its newest evaluation, 0 for the worst: by state, then how far out
 * of bounds, then how probable a violation is, then how near to a bound.
 *
 * All of one SLA have the same bounds in the same unit and are judged at the same instant, so that distances are told
 * as they are and not in parts of a bound that may be zero. O(series · log series).
 */
export function rankSeries({ sla, view }: {
  readonly sla: SlaEntry["sla"];
  readonly view: { readonly series: readonly SeriesView[] } | null;
}): SeriesRanks {
  const ranked = (view?.series ?? []).map((one) => ({ ...one, excess: excessOf(one, sla) }));
  ranked.sort((a, b) =>
    badness(b.progress.state ?? "unknown") - badness(a.progress.state ?? "unknown") ||
    descending(Math.max(0, a.excess), Math.max(0, b.excess)) ||
    descending(a.prediction?.probability ?? 0, b.prediction?.probability ?? 0) ||
    descending(a.excess, b.excess) ||
    (a.seriesId < b.seriesId ? -1 : 1)
  );
  const ranks = new Map(ranked.map(({ seriesId }, rank) => [seriesId, rank]));
  return {
    compare: (a, b) => (ranks.get(a) ?? ranked.length) - (ranks.get(b) ?? ranked.length) || (a < b ? -1 : 1),
  };
}

/** An order of label sets. */
export interface SeriesRanks {
  /** Compares two ids of label sets, worst first; those that were not judged come last, by id. */
  readonly compare: (a: string, b: string) => number;
}

/** How far a newest value is beyond its bounds; within them negative, the distance to the nearest. */
function excessOf(
  { progress: { lastValue } }: SeriesView,
  { min, max }: { readonly min: number | null; readonly max: number | null },
): number {
  if (lastValue === null) return -Infinity;
  return Math.max(
    max === null ? -Infinity : lastValue - max,
    min === null ? -Infinity : min - lastValue,
  );
}

/** Equal infinities have no difference. */
function descending(a: number, b: number): number {
  return a === b ? 0 : b - a;
}
