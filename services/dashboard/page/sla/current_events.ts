import type { SlaEvent, SlaStatus } from "../api/slas.ts";

/** One line of an SLA's history. */
export type HistoryLine = Pick<SlaEvent, "kind" | "to" | "atMs" | "reason" | "labels"> & {
  readonly key: string;
};

/**
 * The history of an SLA, newest first, as of the moment its status tells of: what was recorded since then is left out
 * until the status knows it too, and a state that the status knows already leads the list before its event is there.
 * So the page never tells two states at once; nor a state that another followed at the same moment.
 */
export function currentEvents(
  status: Pick<SlaStatus, "evaluatedAtMs" | "series">,
  events: readonly SlaEvent[],
): readonly HistoryLine[] {
  const known = events.filter(({ recordedAtMs }) =>
    status.evaluatedAtMs === null || recordedAtMs <= status.evaluatedAtMs
  );
  const newest = new Map<string, SlaEvent>();
  for (const event of known) {
    const before = newest.get(event.seriesId);
    if (event.kind !== "burn_rate" && (before === undefined || before.sequence < event.sequence)) {
      newest.set(event.seriesId, event);
    }
  }
  const ahead = status.series.flatMap(({ seriesId, labels, state, reason, knownSinceMs }): HistoryLine[] => {
    const told = newest.get(seriesId);
    // Where the event lies before the page of events that was read, the state is as old as that.
    const isTold = told === undefined ? knownSinceMs === null || events.length > 0 : told.to === state;
    return isTold || knownSinceMs === null
      ? []
      : [{ key: `${seriesId}-now`, kind: "state", to: state, atMs: knownSinceMs, reason, labels }];
  });
  const lasting = known.filter((event) => !known.some((other) => replaces(other, event)));
  return [...ahead, ...lasting.map((event) => ({ ...event, key: event.id }))].sort((
    a,
    b,
  ) => b.atMs - a.atMs);
}

/** Whether a state ended as it began: within bounds again, and at risk at once. */
function replaces(later: SlaEvent, { seriesId, kind, atMs, sequence }: SlaEvent): boolean {
  return kind === "state" && later.kind === "state" && later.seriesId === seriesId && later.atMs === atMs &&
    later.sequence > sequence;
}
