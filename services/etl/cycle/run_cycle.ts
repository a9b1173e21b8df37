import { DomainError } from "../../shared/domain/errors.ts";
import { addWarnings, type Cycle, type CycleRun, ELSEWHERE_MAX } from "../record/cycle_log.ts";
import { windowMsOf } from "../settings.ts";
import type { CycleParts } from "./cycle_parts.ts";
import { warnOfDrops } from "./drop_warnings.ts";
import { groupReads, type ReadGroup } from "./group_reads.ts";
import { mapBounded } from "./map_bounded.ts";
import { createPublisher } from "./publisher.ts";
import { type Pass, type Round, runGroup } from "./run_group.ts";
import { type SelectedSeries, selectSeries } from "./select_series.ts";
import { countFitting, takeTurns } from "./turns.ts";

/** The source lets four requests through at once; a few more groups wait for their analysis meanwhile. */
const GROUPS_AT_ONCE = 6;

/**
 * One cycle: finds the series, brings their samples up to date, analyses each, publishes what came out.
 *
 * Statistics and forecasts come first, with first metadata and a quick choice for those that are new; then those
 * whose turn it is have their metadata computed and their forecaster chosen in full.
 *
 * One bad series, or one metric that cannot be read, never stops the others. Rejects when nothing can be done at all:
 * the source does not answer, from the beginning or any more, or the bus takes nothing.
 * What became of each series is in `run`, as it goes.
 */
export async function runCycle(parts: CycleParts, run: CycleRun, signal: AbortSignal): Promise<void> {
  const { settings, memories, pace } = parts;
  const { cycle, kept, dropped } = run;
  const startedMs = performance.now();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);

  const { nowMs, selection, groups } = await findSeries(parts, cycle, either);
  remember(parts, selection.kept, nowMs);
  const publisher = createPublisher(parts, either);
  dropped.push(...selection.dropped);
  run.elsewhere.push(...selection.elsewhere.slice(0, ELSEWHERE_MAX));
  const sourceDown = new AbortController();
  const quick = new Set<string>();
  const round: Round = { ...parts, ...run, nowMs, publisher, signal: either, sourceDown, quick, startedMs };
  const pass = async (stage: Pass, some: readonly ReadGroup[]) => {
    const total = some.reduce((sum, { series }) => sum + series.length, 0);
    Object.assign(cycle.progress, { stage, done: 0, total });
    await mapBounded(some, GROUPS_AT_ONCE, (group) => runGroup(round, group, stage));
    await publisher.flush();
    // The reads that are left were given up; what had been read is analysed and published.
    sourceDown.signal.throwIfAborted();
  };
  try {
    await pass("figures", groups);
    const turnsFromMs = performance.now();
    const fitting = countFitting(pace, settings.intervalMs, turnsFromMs - startedMs);
    const able = new Map([...memories].filter(([id]) => kept.has(id)));
    const turns = takeTurns(able, nowMs, { ...settings, fitting });
    await pass("turns", groups.flatMap((group) => onlyTurns(group, turns)));
    if (cycle.progress.done > 0) pace.turnMs = (performance.now() - turnsFromMs) / cycle.progress.done;
  } finally {
    stop.abort();
    cycle.kept = kept.size;
    cycle.dropped = dropped.length + selection.droppedUntold;
    for (const { cause } of dropped) cycle.droppedBy[cause]++;
    cycle.droppedBy.unselected += selection.droppedUntold;
    // That the source is down says why those were not read.
    const told = sourceDown.signal.aborted ? dropped.filter(({ cause }) => cause !== "unread") : dropped;
    addWarnings(cycle, warnOfDrops(told, { memories, nowMs, intervalMs: settings.intervalMs }));
    cycle.quick = quick.size;
    cycle.durationsMs.total = performance.now() - startedMs;
  }
  const unread = dropped.find(({ cause }) => cause === "unread");
  if (kept.size === 0 && unread !== undefined) throw new DomainError("unavailable", unread.reason);
}

async function findSeries(
  { source, settings, owned, timings }: CycleParts,
  cycle: Cycle,
  signal: AbortSignal,
) {
  const startedMs = performance.now();
  const nowMs = await source.nowMs(signal);
  const range = { fromMs: nowMs - windowMsOf(settings), toMs: nowMs };
  const discovery = await timings.stage(
    "discover",
    () => source.discover({ selectors: settings.selectors, ...range }, signal),
  );
  cycle.durationsMs.discover = performance.now() - startedMs;
  const selection = selectSeries(discovery, { ...settings, owned });
  cycle.found = discovery.series.length;
  cycle.elsewhere = selection.elsewhere.length;
  cycle.leftOut = [...discovery.leftOut];
  addWarnings(cycle, [...discovery.warnings, ...selection.warnings]);
  const foundPerExpression = new Map<string, number>();
  for (const { expression } of discovery.series) {
    foundPerExpression.set(expression, (foundPerExpression.get(expression) ?? 0) + 1);
  }
  return { nowMs, selection, groups: groupReads(selection.kept, foundPerExpression) };
}

function remember(
  { memories, forget }: CycleParts,
  kept: readonly SelectedSeries[],
  nowMs: number,
): void {
  const ids = new Set(kept.map(({ series }) => series.id));
  const gone = [...memories.keys()].filter((id) => !ids.has(id));
  for (const id of gone) memories.delete(id);
  if (gone.length > 0) forget(gone);
  for (const { series: { id, type }, stepMs } of kept) {
    const isCounter = type === "counter";
    // Another step makes another series of values, and so do rates of what was raw: everything is due anew.
    const before = memories.get(id);
    if (before?.stepMs === stepMs && before.isCounter === isCounter) continue;
    memories.set(id, {
      foundAtMs: before?.foundAtMs ?? nowMs,
      metadataAtMs: undefined,
      chosenAtMs: undefined,
      chosenSpanMs: 0,
      publishedToMs: -Infinity,
      stepMs,
      isCounter,
    });
  }
}

/** The series of a group whose turn it is, if any. */
function onlyTurns(group: ReadGroup, turns: ReadonlySet<string>): ReadGroup[] {
  const series = group.series.filter(({ series: { id } }) => turns.has(id));
  return series.length === 0 ? [] : [{ ...group, series }];
}
