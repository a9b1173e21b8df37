import { formatDuration } from "../../shared/domain/units/duration_text.ts";
import type { DropCause, DroppedSeries } from "../record/cycle_log.ts";
import type { SeriesMemory } from "./turns.ts";

/**
 * What is said of those dropped for each cause, up to how many they are; what the limits leave out is said by them.
 */
const WORDS: Readonly<Record<Exclude<DropCause, "unselected">, string>> = {
  empty: "Dropped as they have no usable values in the window",
  unread: "Dropped unread",
  failed: "Dropped as their analysis failed",
};

/**
 * Series that were dropped are found by a selector, and then missing: nobody should have to look for the reason.
 * Those without values that came to those already known within an interval are told apart: they are too young to have
 * any.
 */
export function warnOfDrops(
  dropped: readonly DroppedSeries[],
  { memories, nowMs, intervalMs }: {
    readonly memories: ReadonlyMap<string, Pick<SeriesMemory, "foundAtMs">>;
    readonly nowMs: number;
    readonly intervalMs: number;
  },
): string[] {
  let begunMs = Infinity;
  for (const { foundAtMs } of memories.values()) begunMs = Math.min(begunMs, foundAtMs);
  const isNew = ({ series: { id }, cause }: DroppedSeries) => {
    const { foundAtMs = -Infinity } = memories.get(id) ?? {};
    // How old those are that were there from the beginning is not known.
    return cause === "empty" && foundAtMs > begunMs && nowMs - foundAtMs < intervalMs;
  };
  const young = dropped.filter(isNew);
  const known = dropped.filter((each) => !isNew(each));
  return [
    ...young.length === 0 ? [] : [
      `Dropped as they are too young to have usable values: ${young.length} series born within ` +
      `${formatDuration(intervalMs)}, such as ${exampleOf(young).series.name}`,
    ],
    ...(["empty", "unread", "failed"] as const).flatMap((cause) => {
      const some = known.filter((each) => each.cause === cause);
      if (some.length === 0) return [];
      const { series, reason } = exampleOf(some);
      const warning = `${WORDS[cause]}: ${some.length} series, such as ${series.name}`;
      return [cause === "empty" ? warning : `${warning}. ${reason}`];
    }),
  ];
}

/** The same one in each cycle. */
function exampleOf(some: readonly DroppedSeries[]): DroppedSeries {
  return some.reduce((a, b) => a.series.name <= b.series.name ? a : b);
}
