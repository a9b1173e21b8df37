import { DomainError } from "../../shared/domain/errors.ts";
import { seriesId } from "../../shared/domain/labels.ts";
import { messageOf } from "../../shared/domain/message_of.ts";
import type { SampledSeries } from "../../shared/ports/metrics_source.ts";
import type { AnalysisOutcome, SeriesJob } from "../analysis/analysis_job.ts";
import {
  addWarnings,
  type Cycle,
  type CycleProgress,
  type CycleRun,
  type DroppedSeries,
} from "../record/cycle_log.ts";
import { type EtlSettings, windowMsOf } from "../settings.ts";
import type { CycleParts } from "./cycle_parts.ts";
import type { ReadGroup } from "./group_reads.ts";
import { mapBounded } from "./map_bounded.ts";
import type { Publisher } from "./publisher.ts";
import type { SelectedSeries } from "./select_series.ts";

/** What is done with a series: what every cycle brings, or what its turn brings. */
export type Pass = Exclude<CycleProgress["stage"], "discover">;

/** A cycle under way. */
export interface Round extends CycleParts, CycleRun {
  readonly nowMs: number;
  readonly publisher: Publisher;
  readonly signal: AbortSignal;
  /** Tells when the source turns out to be down: what is left is not read any more. */
  readonly sourceDown: AbortController;
  /** Ids of series whose forecast is by a quick choice. */
  readonly quick: Set<string>;
  /** When it began, on the clock of `performance`. */
  readonly startedMs: number;
}

/** Series of one group handed to the workers at once: each takes its window along. */
const SERIES_AT_ONCE = 64;

/** A range to analyse, and what for. */
interface Task {
  readonly fromMs: number;
  readonly toMs: number;
  readonly pass: Pass;
}

/**
 * Reads the samples of a group and has each of its series analysed and published; rejects only if publishing fails.
 */
export async function runGroup(round: Round, group: ReadGroup, pass: Pass): Promise<void> {
  const { settings, signal, nowMs } = round;
  const { stepMs } = group;
  const toMs = Math.floor((nowMs - settings.offsetMs) / stepMs) * stepMs;
  // One step more, for the rate of a counter.
  const fromMs = Math.ceil((toMs - windowMsOf(settings)) / stepMs) * stepMs - stepMs;
  let sampled: ReadonlyMap<string, SampledSeries>;
  try {
    sampled = await readGroup(round, group, { fromMs, toMs });
  } catch (error) {
    signal.throwIfAborted();
    await lookForSource(round, error);
    const { aborted, reason: outage } = round.sourceDown.signal;
    const reason = `Its samples could not be read: ${messageOf(aborted ? outage : error)}`;
    for (const { series } of group.series) drop(round, { series, cause: "unread", reason });
    round.cycle.progress.done += group.series.length;
    return;
  }
  const task = { fromMs, toMs, pass };
  await mapBounded(
    group.series,
    SERIES_AT_ONCE,
    async (each) => {
      await runSeries(round, each, sampled.get(each.series.id), task);
      round.cycle.progress.done++;
    },
  );
}

/** After a read that brought no answer: whether the source still answers, or each further read would wait in vain. */
async function lookForSource({ source, sourceDown, signal }: Round, error: unknown): Promise<void> {
  if (sourceDown.signal.aborted || !(error instanceof DomainError) || error.code !== "unavailable") return;
  try {
    await source.ping(signal);
  } catch (reason) {
    signal.throwIfAborted();
    sourceDown.abort(reason);
  }
}

async function readGroup(
  { cycle, timings, source, signal, sourceDown }: Round,
  { expression, stepMs }: ReadGroup,
  range: { readonly fromMs: number; readonly toMs: number },
): Promise<ReadonlyMap<string, SampledSeries>> {
  sourceDown.signal.throwIfAborted();
  const startedMs = performance.now();
  const either = AbortSignal.any([signal, sourceDown.signal]);
  try {
    const reading = await timings.stage("read", () => source.read({ expression, stepMs, ...range }, either));
    addWarnings(cycle, reading.warnings);
    if (reading.incomplete) addWarnings(cycle, [`The samples of ${expression} are incomplete`]);
    return new Map(reading.series.map((each) => [seriesId(each.labels), each]));
  } finally {
    addDuration(cycle, "read", performance.now() - startedMs);
  }
}

async function runSeries(
  round: Round,
  { series, stepMs }: SelectedSeries,
  sampled: SampledSeries | undefined,
  task: Task,
): Promise<void> {
  const { cycle, memories, signal, kept, quick } = round;
  if (sampled === undefined) {
    return drop(round, { series, cause: "empty", reason: "There are no usable values in the window" });
  }
  const memory = memories.get(series.id)!;
  // Before the analysis, which takes the values along.
  const spanMs = seenMs(sampled.values, stepMs, round.settings);
  const job = toJob(round, { series, stepMs }, sampled, task);
  if (!job.metadata && !job.figures) {
    kept.set(series.id, { series, state: "kept", problems: [] });
    return;
  }
  let outcome: AnalysisOutcome;
  try {
    outcome = await round.analyse(job);
  } catch (error) {
    signal.throwIfAborted();
    return drop(round, { series, cause: "failed", reason: `It could not be analysed: ${messageOf(error)}` });
  }
  for (const { name, kind, durationMs } of outcome.timings) {
    round.timings.note(name, kind, durationMs);
    addDuration(cycle, "analyse", durationMs);
  }
  if (outcome.dropped !== undefined) return drop(round, { series, ...outcome.dropped });
  const problems = new Set([...kept.get(series.id)?.problems ?? [], ...outcome.problems]);
  kept.set(series.id, { series, state: "kept", problems: [...problems] });
  if (outcome.quick) quick.add(series.id);
  else quick.delete(series.id);
  await round.publisher.add({
    id: series.id,
    messages: outcome.messages,
    onPublished: () => {
      if (job.metadata) memory.metadataAtMs = round.nowMs;
      if (job.choose) {
        memory.chosenAtMs = round.nowMs;
        memory.chosenSpanMs = spanMs;
      } else if (outcome.quick) {
        // What was chosen in full was outgrown or lost: its next turn is due as if it were young.
        memory.chosenSpanMs = 0;
      }
      if (task.pass === "figures") memory.publishedToMs = task.toMs;
      for (const { kind } of outcome.messages) cycle.published[kind]++;
    },
    onRefused: (reason) => drop(round, { series, cause: "failed", reason }),
  });
}

function toJob(
  { settings, memories, nowMs, startedMs }: Round,
  { series, stepMs }: Pick<SelectedSeries, "series" | "stepMs">,
  sampled: SampledSeries,
  { fromMs, toMs, pass }: Task,
): SeriesJob {
  const memory = memories.get(series.id)!;
  const isTurn = pass === "turns";
  // Only a rate needs the step in front.
  const isCounter = series.type === "counter";
  return {
    kind: "series",
    series,
    stepMs,
    startMs: isCounter ? fromMs : fromMs + stepMs,
    toMs,
    // No copy: the worker is handed the whole buffer anyway.
    values: isCounter ? sampled.values : sampled.values.subarray(1),
    lookbackMs: settings.lookbackMs,
    windowsMs: isTurn ? [] : settings.windowsMs,
    horizonMs: settings.horizonMs,
    // What a turn brings is newer than what the same cycle brought before it, and wins.
    producedAtMs: isTurn ? nowMs + Math.ceil(performance.now() - startedMs) : nowMs,
    metadata: isTurn ? memory.metadataAtMs !== nowMs : memory.metadataAtMs === undefined,
    choose: isTurn,
    figures: isTurn || toMs > memory.publishedToMs,
  };
}

/** Time since the first value; no end to it where twice as much is more than is looked back at. */
function seenMs(values: Float64Array, stepMs: number, { lookbackMs }: EtlSettings): number {
  const first = values.findIndex((value) => !Number.isNaN(value));
  const spanMs = (values.length - first) * stepMs;
  return 2 * spanMs > lookbackMs ? Infinity : spanMs;
}

/** Tells why a series has no results; of one that has some already, what it lacks. */
function drop({ kept, dropped }: Round, series: DroppedSeries): void {
  const known = kept.get(series.series.id);
  if (known === undefined) dropped.push(series);
  else known.problems.push(series.reason);
}

function addDuration(cycle: Cycle, stage: string, durationMs: number): void {
  cycle.durationsMs[stage] = (cycle.durationsMs[stage] ?? 0) + durationMs;
}
