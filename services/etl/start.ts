import { formatPeriod } from "../shared/domain/units/duration_text.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { MessageBus } from "../shared/ports/message_bus.ts";
import type { MetricsSource } from "../shared/ports/metrics_source.ts";
import type { ShardOwnership } from "../shared/ports/shard_ownership.ts";
import { countShards } from "../shared/runtime/count_shards.ts";
import { logger } from "../shared/runtime/log.ts";
import { openMathsPool } from "../shared/runtime/maths/maths_pool.ts";
import type { MetricsRegistry } from "../shared/runtime/metrics.ts";
import type { StartedService } from "../shared/runtime/run.ts";
import type { AnalysisJob, AnalysisOutcome } from "./analysis/analysis_job.ts";
import { createApp } from "./app.ts";
import { type EtlConfig, toSettings } from "./config.ts";
import { createCycleLog, type Cycle } from "./record/cycle_log.ts";
import { followWarnings } from "./record/lasting_warnings.ts";
import { createTimings } from "./record/timings.ts";
import { createCycleLoop } from "./run_cycles.ts";
import type { EtlSettings } from "./settings.ts";

/** What the etl runs on. */
export interface EtlOptions {
  readonly config: Omit<
    EtlConfig,
    "PORT" | "HOST" | "LOG_LEVEL" | "LOG_FORMAT" | `PROMETHEUS_${string}` | `KAFKA_${string}`
  >;
  readonly source: MetricsSource;
  readonly bus: MessageBus;
  readonly shards: ShardOwnership;
  readonly clock: Clock;
  readonly metrics: MetricsRegistry;
  readonly signal: AbortSignal;
}

/** A cycle hands over all series of some metrics at once: as many as there may be at most, and more. */
const QUEUE_MAX = 100_000;

/** Starts the etl: the first cycle as soon as there are shards to work on, then one per interval. */
export function startEtl(options: EtlOptions): StartedService {
  const { config, source, bus, shards, clock, metrics, signal } = options;
  const settings = toSettings(config);
  const timings = createTimings(metrics);
  const cycles = createCycleLog();
  const pool = openMathsPool<AnalysisJob, AnalysisOutcome | null>({
    openWorker: () =>
      new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "etl analysis" }),
    queueMax: QUEUE_MAX,
  });
  const loop = createCycleLoop({
    shards,
    clock,
    cycles,
    metrics,
    onProgress: logProgress,
    onEnd: createCycleLogger(settings),
    parts: {
      source,
      bus,
      timings,
      settings,
      memories: new Map(),
      pace: { turnMs: undefined },
      analyse: async (job) => (await pool.run(job.series.id, job, [job.values.buffer as ArrayBuffer]))!,
      forget: (ids) => pool.broadcast({ kind: "forget", ids }),
    },
  });
  // The pool goes first: a cycle under way must not wait for its analyses.
  signal.addEventListener("abort", () => void pool[Symbol.asyncDispose](), { once: true });
  const dependencies = { metrics_source: source, bus, shards, cycles: loop.progress };
  const app = createApp({ cycles, loop, timings }, {
    dependencies,
    metrics,
    signal,
    tokens: config.API_TOKENS,
    corsOrigins: config.CORS_ORIGINS,
  });
  const done = Promise.all([loop.run(signal), countShards(shards, metrics, signal)]).then(() => {});
  return { app, dependencies, done };
}

function logProgress({ id, progress: { stage, done, total } }: Cycle): void {
  logger("etl").info(PROGRESS_WORDS[stage], { cycle: id, done, total });
}

const PROGRESS_WORDS: Readonly<Record<Cycle["progress"]["stage"], string>> = {
  discover: "a cycle is under way: finding the series",
  figures: "a cycle is under way: {done} of {total} series have their statistics and forecast",
  turns:
    "a cycle is under way: {done} of the {total} series whose turn it is have metadata and a method chosen in full",
};

const DONE = "cycle done: {kept} of {found} series analysed";

/** A method is chosen quickly at first, so that every series has a forecast by the end of its first cycle. */
const QUICK = "{quick} of them by a quick choice of method, whose full choice follows within {within}";

/** Logs how each cycle ended, and of warnings when they come and go. */
function createCycleLogger(
  { metadataIntervalMs }: Pick<EtlSettings, "metadataIntervalMs">,
): (cycle: Cycle) => void {
  const within = formatPeriod(metadataIntervalMs);
  const changesOf = followWarnings();
  /** Cycles that failed one after the other, for one reason. */
  let failed = { reason: "", times: 0 };
  return (cycle) => {
    const { id, state, reason, found, kept, dropped, elsewhere, overran, quick, published } = cycle;
    const droppedBy = Object.fromEntries(Object.entries(cycle.droppedBy).filter(([, count]) => count > 0));
    const seconds = Math.round(((cycle.endedAtMs ?? cycle.startedAtMs) - cycle.startedAtMs) / 100) / 10;
    const fields = {
      cycle: id,
      seconds,
      found,
      kept,
      dropped,
      ...(dropped > 0 && { droppedBy }),
      elsewhere,
      quick,
      published,
    };
    const log = logger("etl");
    if (state === "failed") {
      failed = { reason: reason!, times: failed.reason === reason ? failed.times + 1 : 1 };
      // The 1st, 2nd, 4th, 8th and so on: what stays the same is not said each time.
      if (Number.isInteger(Math.log2(failed.times))) {
        log.error("cycle failed: {reason}", { ...fields, reason, times: failed.times });
      }
    } else {
      const words = quick === 0 ? DONE : `${DONE}, ${QUICK}`;
      log.info(words, {
        ...fields,
        ...(quick > 0 && { within }),
        ...(failed.times > 0 && { failedBefore: failed.times }),
      });
      failed = { reason: "", times: 0 };
    }
    if (overran) log.warning("the cycle took longer than ETL_INTERVAL", { cycle: id, seconds });
    const { begun, ended } = changesOf(cycle);
    for (const warning of begun) log.warning("{warning}", { cycle: id, warning });
    for (const { warning, sinceMs, cycles } of ended) {
      const since = new Date(sinceMs).toISOString();
      log.info("no longer so: {warning}", { cycle: id, warning, since, cycles });
    }
  };
}
