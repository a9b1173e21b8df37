import type { HistoryLine } from "./current_events.ts";

/** Fewer lines take no more room than the one they would be folded into. */
const FOLDED_LEAST = 3;

/**
 * What came to several series of an SLA at the same moment, together: so that its own changes are not lost among those
 * of its series. The order stays; each part is one line, or several that are told as one.
 */
export function foldEvents(lines: readonly HistoryLine[]): readonly (readonly HistoryLine[])[] {
  const alike = Map.groupBy(lines, ({ kind, to, atMs }) => `${atMs} ${kind} ${to}`);
  return [...alike.values()].flatMap((group) =>
    group.length < FOLDED_LEAST ? group.map((line) => [line]) : [group]
  );
}
