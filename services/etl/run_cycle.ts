import { DomainError } from "../shared/domain/errors.ts";
import { seriesId } from "../shared/domain/labels.ts";
import type { MessageBus } from "../shared/ports/message_bus.ts";
import type { MetricsSource, SampledSeries } from "../shared/ports/metrics_source.ts";
import type { AnalysisOutcome, SeriesJob } from "./analysis/analysis_job.ts";
import type { Cycle, CycleSeries } from "./cycle_log.ts";
import { groupReads, type ReadGroup } from "./group_reads.ts";
import { mapBounded } from "./map_bounded.ts";
import { createPublisher, type Publisher } from "./publisher.ts";
import { type DroppedSeries, type SelectedSeries, selectSeries } from "./select_series.ts";
import type { EtlSettings } from "./settings.ts";
import type { Timings } from "./timings.ts";
import { type SeriesMemory, takeTurns } from "./turns.ts";

/** What a cycle works with. */
export interface CycleParts {
  readonly source: MetricsSource;
  readonly bus: MessageBus;
  readonly settings: EtlSettings;
  readonly timings: Timings;
  /** Analyses one series, elsewhere; rejects if that failed as a whole. */
  readonly analyse: (job: SeriesJob) => Promise<AnalysisOutcome>;
  /** Lets go of what is kept for series that are gone. */
  readonly forget: (ids: readonly string[]) => void;
  /** Kept from cycle to cycle. */
  readonly memories: Map<string, SeriesMemory>;
}

/** What became of the series of a cycle. */
export interface CycleOutcome {
  readonly kept: readonly CycleSeries[];
  readonly dropped: readonly DroppedSeries[];
}

/** The source lets four requests through at once; a few more groups wait for their analysis meanwhile. */
const GROUPS_AT_ONCE = 6;

interface Round extends CycleParts {
  readonly cycle: Cycle;
  readonly nowMs: number;
  readonly turns: ReadonlySet<string>;
  readonly publisher: Publisher;
  readonly signal: AbortSignal;
  readonly kept: CycleSeries[];
  readonly dropped: DroppedSeries[];
}

/**
 * One cycle: finds the series, brings their samples up to date, analyses each, publishes what came out.
 *
 * One bad series, or one metric that cannot be read, never stops the others. Rejects when nothing can be done at all:
 * the source does not answer, or the bus takes nothing.
 */
export async function runCycle(parts: CycleParts, cycle: Cycle, signal: AbortSignal): Promise<CycleOutcome> {
  const { source, settings, timings, memories } = parts;
  const startMs = performance.now();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);

  const nowMs = await source.nowMs(either);
  const discovery = await timings.stage("discover", () =>
    source.discover({
      selectors: settings.selectors,
      fromMs: nowMs - windowMsOf(settings),
      toMs: nowMs,
    }, either));
  cycle.durationsMs.discover = performance.now() - startMs;
  const selection = selectSeries(discovery, settings);
  cycle.found = discovery.series.length;
  cycle.leftOut = [...discovery.leftOut];
  cycle.warnings.push(...discovery.warnings, ...selection.warnings);

  remember(parts, selection.kept);
  const foundPerExpression = new Map<string, number>();
  for (const { expression } of discovery.series) {
    foundPerExpression.set(expression, (foundPerExpression.get(expression) ?? 0) + 1);
  }
  const round: Round = {
    ...parts,
    cycle,
    nowMs,
    turns: takeTurns(memories, nowMs, settings),
    publisher: createPublisher(parts, either),
    signal: either,
    kept: [],
    dropped: [...selection.dropped],
  };
  try {
    await mapBounded(
      groupReads(selection.kept, foundPerExpression),
      GROUPS_AT_ONCE,
      (group) => runGroup(round, group),
    );
    await round.publisher.flush();
  } finally {
    stop.abort();
    cycle.kept = round.kept.length;
    cycle.dropped = round.dropped.length;
    cycle.durationsMs.total = performance.now() - startMs;
  }
  const { kept, dropped } = round;
  const unread = dropped.filter(({ reason }) => reason.startsWith(UNREAD));
  if (kept.length === 0 && unread.length > 0) throw new DomainError("unavailable", unread[0].reason);
  return { kept, dropped };
}

const UNREAD = "Its samples could not be read";

/** How far back samples are read. */
function windowMsOf({ lookbackMs, windowsMs }: EtlSettings): number {
  return Math.max(lookbackMs, ...windowsMs);
}

function remember({ memories, forget }: CycleParts, kept: readonly SelectedSeries[]): void {
  const ids = new Set(kept.map(({ series }) => series.id));
  const gone = [...memories.keys()].filter((id) => !ids.has(id));
  for (const id of gone) memories.delete(id);
  if (gone.length > 0) forget(gone);
  for (const { series: { id }, stepMs } of kept) {
    const known = memories.get(id);
    // Another step makes another series of values: everything is due anew.
    if (known?.stepMs === stepMs) continue;
    memories.set(id, { metadataAtMs: undefined, chosenAtMs: undefined, publishedToMs: -Infinity, stepMs });
  }
}

async function runGroup(round: Round, group: ReadGroup): Promise<void> {
  const { settings, source, timings, signal, cycle, nowMs } = round;
  const { stepMs } = group;
  const toMs = Math.floor((nowMs - settings.offsetMs) / stepMs) * stepMs;
  // One step more, for the rate of a counter.
  const fromMs = Math.ceil((toMs - windowMsOf(settings)) / stepMs) * stepMs - stepMs;
  const startMs = performance.now();
  let sampled: ReadonlyMap<string, SampledSeries>;
  try {
    const reading = await timings.stage(
      "read",
      () => source.read({ expression: group.expression, fromMs, toMs, stepMs }, signal),
    );
    cycle.warnings.push(...reading.warnings);
    if (reading.incomplete) cycle.warnings.push(`The samples of ${group.expression} are incomplete`);
    sampled = new Map(reading.series.map((each) => [seriesId(each.labels), each]));
  } catch (error) {
    signal.throwIfAborted();
    const reason = `${UNREAD}: ${error instanceof Error ? error.message : String(error)}`;
    round.dropped.push(...group.series.map(({ series }) => ({ series, reason })));
    return;
  } finally {
    addDuration(cycle, "read", performance.now() - startMs);
  }
  await Promise.all(
    group.series.map((each) => runSeries(round, each, sampled.get(each.series.id), { fromMs, toMs })),
  );
}

async function runSeries(
  round: Round,
  selected: SelectedSeries,
  sampled: SampledSeries | undefined,
  range: { readonly fromMs: number; readonly toMs: number },
): Promise<void> {
  const { series } = selected;
  const { cycle, memories, signal } = round;
  if (sampled === undefined) {
    round.dropped.push({ series, reason: "There are no usable values in the window" });
    return;
  }
  const memory = memories.get(series.id)!;
  const job = toJob(round, selected, sampled, range);
  if (!job.metadata && !job.choose && !job.figures) {
    round.kept.push({ series, state: "kept", problems: [] });
    return;
  }
  let outcome: AnalysisOutcome;
  try {
    outcome = await round.analyse(job);
  } catch (error) {
    signal.throwIfAborted();
    const reason = `It could not be analysed: ${error instanceof Error ? error.message : String(error)}`;
    round.dropped.push({ series, reason });
    return;
  }
  for (const { name, kind, durationMs } of outcome.timings) {
    round.timings.note(name, kind, durationMs);
    addDuration(cycle, "analyse", durationMs);
  }
  if (outcome.dropped !== undefined) {
    round.dropped.push({ series, reason: outcome.dropped });
    return;
  }
  round.kept.push({ series, state: "kept", problems: [...outcome.problems] });
  if (outcome.quick) cycle.quick++;
  await round.publisher.add({
    id: series.id,
    messages: outcome.messages,
    onPublished: () => {
      if (job.metadata) memory.metadataAtMs = round.nowMs;
      if (job.choose) memory.chosenAtMs = round.nowMs;
      if (job.figures) memory.publishedToMs = range.toMs;
      for (const { kind } of outcome.messages) cycle.published[kind]++;
    },
  });
}

function toJob(
  { settings, memories, turns, nowMs }: Round,
  { series, stepMs }: SelectedSeries,
  sampled: SampledSeries,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): SeriesJob {
  const memory = memories.get(series.id)!;
  const isTurn = turns.has(series.id);
  // Only a rate needs the step in front.
  const isCounter = series.type === "counter";
  return {
    kind: "series",
    series,
    stepMs,
    startMs: isCounter ? fromMs : fromMs + stepMs,
    toMs,
    values: isCounter ? sampled.values : sampled.values.slice(1),
    lookbackMs: settings.lookbackMs,
    windowsMs: settings.windowsMs,
    horizonMs: settings.horizonMs,
    producedAtMs: nowMs,
    metadata: isTurn || memory.metadataAtMs === undefined,
    choose: isTurn,
    figures: isTurn || toMs > memory.publishedToMs,
  };
}

function addDuration(cycle: Cycle, stage: string, durationMs: number): void {
  cycle.durationsMs[stage] = (cycle.durationsMs[stage] ?? 0) + durationMs;
}
