import { messageOf } from "../shared/domain/message_of.ts";
import type { Sla, SlaDraft } from "../shared/domain/sla/sla.ts";
import type { Backfill } from "../shared/domain/sla/sla_progress.ts";
import { formatPeriod } from "../shared/domain/units/duration_text.ts";
import type { AlertNotifier } from "../shared/ports/alert_notifier.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { Dependency } from "../shared/ports/health.ts";
import type { MetricsSource } from "../shared/ports/metrics_source.ts";
import type { ShardOwnership } from "../shared/ports/shard_ownership.ts";
import type { SlaStore } from "../shared/ports/sla_store.ts";
import type { ApiToken } from "../shared/runtime/config/variables.ts";
import { checkDependency } from "../shared/runtime/check_dependency.ts";
import { countShards } from "../shared/runtime/count_shards.ts";
import { createServiceApp, type ServiceApp } from "../shared/runtime/http/http.ts";
import { countRepeats, type Repeats } from "../shared/runtime/count_repeats.ts";
import { logger } from "../shared/runtime/log.ts";
import type { MetricsRegistry } from "../shared/runtime/metrics.ts";
import { createSlaGauges } from "./answers/gauges.ts";
import { addSlaRoutes } from "./app.ts";
import { Evaluator } from "./evaluation/evaluator.ts";
import { EventFeed } from "./events/event_feed.ts";
import { createLocalMaths, type Maths } from "./prediction/maths.ts";
import { runBackfill } from "./run_backfill.ts";
import { runDelivery } from "./run_delivery.ts";
import { runEvaluation } from "./run_evaluation.ts";
import type { SlaSettings } from "./settings.ts";

/** What the SLA manager is made of. Who starts it disposes of the source and the store, after `done`. */
export interface SlaManagerParts {
  readonly source: MetricsSource;
  readonly store: SlaStore;
  readonly shards: ShardOwnership;
  readonly clock: Clock;
  readonly metrics: MetricsRegistry;
  readonly settings: SlaSettings;
  /** @default [] */
  readonly notifiers?: readonly AlertNotifier[];
  /** SLAs to create or update by name at the start. @default [] */
  readonly drafts?: readonly SlaDraft[];
  /** @default in this thread */
  readonly maths?: Maths;
  /** @default [] */
  readonly tokens?: readonly ApiToken[];
  readonly corsOrigins?: readonly string[];
  /** @default 1_000 */
  readonly gaugesMax?: number;
  /** @default one year */
  readonly eventsRetentionMs?: number;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** A running SLA manager. */
export interface StartedSlaManager {
  readonly app: ServiceApp;
  /** Settles when the work in the background has ended after the signal. */
  readonly done: Promise<void>;
  readonly dependencies: Readonly<Record<string, Dependency>>;
  readonly evaluator: Evaluator;
}

/** Longer than most outages: one line tells that it began, one how much it spoilt. */
const PROBLEMS_EVERY_MS = 300_000;

/** Starts the SLA manager: its routes, evaluation, backfill and delivery. Waits for nothing it depends on. */
export function startSlaManager(parts: SlaManagerParts): StartedSlaManager {
  const { source, store, shards, clock, metrics, settings, signal } = parts;
  const { notifiers = [], drafts = [], maths = createLocalMaths(), tokens, corsOrigins } = parts;
  const { gaugesMax = 1_000, eventsRetentionMs = 366 * 86_400_000 } = parts;
  const feed = new EventFeed();
  const problems = metrics.counter({
    name: "sla_problems_total",
    help: "What went wrong while judging or telling, by what was tried",
    labels: ["what"],
  });
  const log = createProblemLog(clock);
  const onProblem = (problem: SlaProblem): void => {
    problems.add(1, { what: problem.what });
    log.note(`${problem.what}: ${messageOf(problem.error)}`, problem);
  };
  const onEvaluated = (): void => {
    gauges.show(evaluator);
    log.flush();
  };
  // The same answer as readiness gives, and as many questions.
  const failingSince = async (): Promise<number | null> =>
    (await checkDependency(source, clock)).failingSinceMs ?? null;
  const evaluator = new Evaluator({
    source,
    failingSince,
    store,
    shards,
    clock,
    maths,
    settings,
    onProblem,
    onEvents: () => feed.notify(),
  });
  const dependencies = { metrics_source: source, store, shards };
  const app = createServiceApp({
    service: "sla_manager",
    title: "Pronoia: SLA manager",
    description:
      "Service level agreements over Prometheus expressions: state, past violations, the probability of " +
      "the next one, and error budgets. Times are epoch milliseconds; a figure that is not defined is `null`, with a " +
      "`reason` beside it.",
    dependencies,
    metrics,
    tokens,
    corsOrigins,
    signal,
  });
  addSlaRoutes(app, { evaluator, feed, signal });
  const gauges = createSlaGauges(metrics, gaugesMax);
  const work = { evaluator, shards, clock, signal, onProblem };
  const done = Promise.all([
    runEvaluation({ ...work, failingSince, metrics, drafts, eventsRetentionMs, onEvaluated }),
    runBackfill({ ...work, onProgress: logBackfill }),
    countShards(shards, metrics, signal),
    ...notifiers.map((notifier) => runDelivery({ ...work, notifier, metrics, feed })),
  ]).then(() => {});
  return { app, done, dependencies, evaluator };
}

/** What went wrong with one SLA, or with the store. */
interface SlaProblem {
  readonly what: string;
  readonly slaId?: string;
  readonly error: unknown;
}

/** Where all SLAs suffer from one reason, the first of them is told, then how many more. */
function createProblemLog(clock: Clock): Repeats<SlaProblem> {
  const log = logger("sla_manager");
  return countRepeats({
    nowMs: () => clock.nowMs(),
    everyMs: PROBLEMS_EVERY_MS,
    tellFirst: (problem) => log.warning("cannot {what}", { ...problem, ...detailOf(problem.error) }),
    tellMore: ({ what, error }, times) =>
      log.warning("cannot {what}, {times} times more: {reason}", { what, times, reason: messageOf(error) }),
  });
}

/** What an error rests on in the words of whoever found it, where its own are fewer. */
function detailOf(error: unknown): { readonly detail?: string } {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause !== undefined) deepest = deepest.cause;
  const detail = messageOf(deepest);
  return messageOf(error).includes(detail) ? {} : { detail };
}

/** How far the past of an SLA is read in. */
function logBackfill({ id, name }: Sla, { fromMs, nextMs, toMs, done }: Backfill): void {
  const words = done ? "the past of an SLA is read in" : "the past of an SLA is being read in";
  const fields = {
    slaId: id,
    name,
    done: formatPeriod(nextMs - fromMs),
    of: formatPeriod(toMs - fromMs),
  };
  logger("sla_manager").info(`${words}: {done} of {of}`, fields);
}
