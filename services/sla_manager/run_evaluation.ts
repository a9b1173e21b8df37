import { DomainError } from "../shared/domain/errors.ts";
import type { SlaDraft } from "../shared/domain/sla/sla.ts";
import { BUDGET_WINDOW_MAX_MS } from "../shared/domain/sla/sla.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { Metrics } from "../shared/ports/metrics.ts";
import type { ShardOwnership } from "../shared/ports/shard_ownership.ts";
import { applySlaFile } from "./definitions/apply_file.ts";
import type { Evaluator } from "./evaluation/evaluator.ts";
import { isAwaited, isBlind } from "./held/sla_entry.ts";
import { nextTickMs } from "./judging/tick.ts";
import { sourceReturns } from "./source/source_returns.ts";

/** What the loop needs. */
export interface EvaluationWork {
  readonly evaluator: Evaluator;
  readonly clock: Clock;
  readonly shards: Pick<ShardOwnership, "changed">;
  /** Since when the source answers nobody; `null` where it does. */
  readonly failingSince: () => Promise<number | null>;
  readonly metrics: Metrics;
  readonly drafts: readonly SlaDraft[];
  readonly eventsRetentionMs: number;
  readonly signal: AbortSignal;
  readonly onEvaluated: () => void;
  readonly onProblem: (
    problem: { readonly what: string; readonly name?: string; readonly error: unknown },
  ) => void;
}

const RETRY_MS = 2_000;
/** How often it is looked for the first samples of an SLA, or of a source that answers again. */
const CATCH_UP_MS = 5_000;
/** SLAs without a sample that are looked at so often: of more, the newest. */
const AWAITED_MAX = 20;
const PRUNE_EVERY = 120;
const PRUNE_MAX = 1_000;
const PRUNE_TURNS_MAX = 100;

/**
 * Evaluates every SLA of its own at each tick of the interval, and at once when it begins, the shards it owns have
 * changed or the source answers again, until the signal aborts; those that never had a sample are looked at more
 * often. Evaluations never overlap: one that takes longer than the interval is counted and the next begins at once.
 */
export async function runEvaluation(work: EvaluationWork): Promise<void> {
  const { evaluator, shards, clock, metrics, signal, failingSince, onEvaluated, onProblem } = work;
  const { intervalMs } = evaluator.parts.settings;
  const duration = metrics.histogram({
    name: "sla_evaluation_duration_seconds",
    help: "Time to evaluate every SLA once",
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60],
  });
  const overruns = metrics.counter({
    name: "sla_evaluation_overruns_total",
    help: "Evaluations longer than the interval",
  });
  const slas = metrics.gauge({ name: "slas", help: "SLAs that this replica judges" });
  const drafts = [...work.drafts];
  /** Until the next tick after the source came back, SLAs that still lack a sample are judged more often. */
  let catchUpToMs = -Infinity;
  for (let round = 0; !signal.aborted; round++) {
    const startMs = clock.nowMs();
    let answered = true;
    try {
      await evaluator.slas.refresh();
      // What was due when the process ended is done before anything else: it depends on what is stored alone.
      if (round === 0) await evaluator.choose();
      if (drafts.length > 0) await applyDrafts(drafts, work);
      answered = await evaluator.evaluateAll(signal);
      if (round % PRUNE_EVERY === 0) await prune(work);
    } catch (error) {
      onProblem({ what: "evaluate", error });
      // Without the store there are no definitions yet, or those held are evaluated all the same.
      if (evaluator.slas.entries().length > 0) {
        answered = await evaluator.evaluateAll(signal).catch((cause) => {
          onProblem({ what: "evaluate", error: cause });
          return true;
        });
      }
    }
    const tookMs = clock.nowMs() - startMs;
    duration.observe(tookMs / 1000);
    slas.set(evaluator.own().length);
    if (tookMs > intervalMs) overruns.add();
    onEvaluated();
    const tickMs = nextTickMs(startMs, intervalMs);
    const isCatchingUp = answered && startMs < catchUpToMs && evaluator.own().some(isBlind);
    const waitMs = evaluator.slas.entries().length === 0
      ? Math.min(RETRY_MS, intervalMs)
      : Math.min(tickMs - clock.nowMs(), isCatchingUp ? CATCH_UP_MS : Infinity);
    const due = new AbortController();
    const either = AbortSignal.any([signal, due.signal]);
    const returns = async (): Promise<void> => {
      await sourceReturns({ failingSince, clock, signal: either });
      if (!either.aborted) catchUpToMs = nextTickMs(clock.nowMs(), intervalMs);
    };
    const waited = waitFor(waitMs, { ...work, signal: either });
    await Promise.race([waited, shards.changed(either), ...(answered ? [] : [returns()])]);
    due.abort();
    await waited;
  }
}

/**
 * Resolves after so long or when the signal aborts; until then, looks for the first samples of SLAs that never had
 * one.
 */
async function waitFor(
  waitMs: number,
  { evaluator, clock, signal, onProblem }: Pick<
    EvaluationWork,
    "evaluator" | "clock" | "signal" | "onProblem"
  >,
): Promise<void> {
  for (let leftMs = waitMs; leftMs > 0 && !signal.aborted;) {
    const startMs = clock.nowMs();
    const sleepMs = Math.min(leftMs, CATCH_UP_MS);
    await clock.sleep(sleepMs, signal);
    const awaited = leftMs <= sleepMs ? [] : evaluator.own().filter(isAwaited).slice(-AWAITED_MAX);
    if (awaited.length > 0 && !signal.aborted) {
      await evaluator.evaluateAll(signal, awaited).catch((error) => onProblem({ what: "evaluate", error }));
    }
    // A clock that is set back must not make it wait for longer.
    leftMs -= Math.max(sleepMs, clock.nowMs() - startMs);
  }
}

/** Applies the file, again at each evaluation until the source and the store were there. */
async function applyDrafts(
  drafts: SlaDraft[],
  { evaluator, signal, onProblem }: EvaluationWork,
): Promise<void> {
  while (drafts.length > 0 && !signal.aborted) {
    try {
      await applySlaFile(evaluator, [drafts[0]]);
    } catch (error) {
      onProblem({ what: "apply an SLA of the file", name: drafts[0].name, error });
      if (error instanceof DomainError && error.code === "unavailable") return;
      // Refused for what it says: the others of the file must not suffer.
    }
    drafts.shift();
  }
}

/**
 * Deletes what is older than anybody asks for, all of it: many series leave more behind each hour than one portion.
 */
async function prune({ evaluator, eventsRetentionMs, signal }: EvaluationWork): Promise<void> {
  const { events, progress } = evaluator.parts.store;
  const nowMs = evaluator.time.estimate();
  const tables = [
    () => events.prune(nowMs - eventsRetentionMs, PRUNE_MAX),
    () => progress.prune(nowMs - BUDGET_WINDOW_MAX_MS - 86_400_000, PRUNE_MAX),
  ];
  for (const pruneSome of tables) {
    for (let turn = 0; turn < PRUNE_TURNS_MAX && !signal.aborted; turn++) {
      if (await pruneSome() < PRUNE_MAX) break;
    }
  }
}
