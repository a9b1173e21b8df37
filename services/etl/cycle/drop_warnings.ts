import type { DropCause, DroppedSeries } from "../record/cycle_log.ts";

/** What is said of those dropped for each cause, up to how many they are; what the limits leave out is said by them. */
const WORDS: Readonly<Record<Exclude<DropCause, "unselected">, string>> = {
  empty: "Dropped as they have no usable values in the window",
  unread: "Dropped unread",
  failed: "Dropped as their analysis failed",
};

/** Series that were dropped are found by a selector, and then missing: nobody should have to look for the reason. */
export function warnOfDrops(dropped: readonly DroppedSeries[]): string[] {
  return (["empty", "unread", "failed"] as const).flatMap((cause) => {
    const some = dropped.filter((each) => each.cause === cause);
    if (some.length === 0) return [];
    // The same one in each cycle.
    const { series, reason } = some.reduce((a, b) => a.series.name <= b.series.name ? a : b);
    const warning = `${WORDS[cause]}: ${some.length} series, such as ${series.name}`;
    return [cause === "empty" ? warning : `${warning}. ${reason}`];
  });
}
