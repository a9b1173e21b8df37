import { DomainError } from "../shared/domain/errors.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { Dependency } from "../shared/ports/health.ts";
import type { Metrics } from "../shared/ports/metrics.ts";
import type { ShardOwnership } from "../shared/ports/shard_ownership.ts";
import { attemptCycle } from "./attempt_cycle.ts";
import type { CycleParts } from "./cycle/cycle_parts.ts";
import { checkProgress } from "./record/check_progress.ts";
import { countCycles } from "./record/count_cycles.ts";
import type { Cycle, CycleLog, CycleRun } from "./record/cycle_log.ts";

/** Runs cycles, one at a time. */
export interface CycleLoop {
  /** Health: rejects when cycles fail or do not come to an end. */
  readonly progress: Dependency;
  /**
   * Begins a cycle at once.
   *
   * @throws {DomainError} `conflict` if one is running.
   */
  runNow(): Cycle;
  /** Runs until `signal` aborts; settles when the cycle under way has ended. */
  run(signal: AbortSignal): Promise<void>;
}

/** What the loop is made of. */
export interface CycleLoopOptions {
  readonly parts: Omit<CycleParts, "owned">;
  readonly shards: Pick<ShardOwnership, "owned" | "changed">;
  readonly clock: Clock;
  readonly cycles: CycleLog;
  readonly metrics: Metrics;
  /** Called every few seconds while a cycle runs. */
  readonly onProgress?: (cycle: Cycle) => void;
  /** Called when a cycle has ended, but for one that the end of the service cuts off. */
  readonly onEnd?: (cycle: Cycle) => void;
}

/**
 * A failed cycle is tried again this soon, so that the service is ready within 30 s of what it depends on; one that
 * has found nothing, while none has found anything yet, as well.
 */
const RETRY_MS = 10_000;

/**
 * Creates the loop. A cycle that takes longer than the interval delays the next one, which is counted.
 *
 * A cycle ends with the shards that it began with; one that gained shards meanwhile begins the next at once. Without
 * any there is no cycle.
 */
export function createCycleLoop(options: CycleLoopOptions): CycleLoop {
  const { parts, shards, clock, cycles, metrics, onProgress, onEnd } = options;
  const { intervalMs, offsetMs } = parts.settings;
  const stop = new AbortController();
  let running: Promise<void> | undefined;
  /** The shards of the newest cycle. */
  let owned: ReadonlySet<number> = new Set();
  const counted = countCycles(metrics);

  function begin(): Cycle {
    if (running !== undefined) throw new DomainError("conflict", "Cannot begin a cycle as one is running");
    owned = shards.owned();
    if (owned.size === 0) {
      throw new DomainError(
        "conflict",
        "Cannot begin a cycle as it must own shards of the series: found none, another replica has them or they are being shared out",
      );
    }
    const run = cycles.begin(clock.nowMs());
    running = follow(run).finally(() => {
      running = undefined;
    });
    return run.cycle;
  }

  async function follow(run: CycleRun): Promise<void> {
    const attempt = { clock, cycles, stop: stop.signal, onProgress };
    if (!await attemptCycle({ ...parts, owned }, run, attempt)) return;
    counted(run.cycle);
    onEnd?.(run.cycle);
  }

  /**
   * Cycles keep to a grid, soon after the samples of a full step are there; one that failed is made up for sooner,
   * and so are those before the first series, as of a Prometheus that has just been started.
   */
  function untilNextMs(): number {
    const phaseMs = offsetMs + 1_000;
    const nowMs = clock.nowMs();
    const nextMs = (Math.floor((nowMs - phaseMs) / intervalMs) + 1) * intervalMs + phaseMs - nowMs;
    const isSoon = cycles.list()[0]?.state === "failed" || cycles.list().every(isEmpty);
    return isSoon ? Math.min(RETRY_MS, nextMs) : nextMs;
  }

  /** Resolves when the next cycle is due: by the grid, or as there are shards that the newest one did not have. */
  async function untilDue(signal: AbortSignal): Promise<void> {
    const due = new AbortController();
    const either = AbortSignal.any([signal, due.signal]);
    const tick = clock.sleep(untilNextMs(), either).then(() => due.abort());
    while (!either.aborted) {
      if ([...shards.owned()].some((shard) => !owned.has(shard))) due.abort();
      else await shards.changed(either);
    }
    await tick;
  }

  return {
    progress: {
      // Without a shard there is nothing to do, and nothing to wait for.
      ping: () => shards.owned().size === 0 ? Promise.resolve() : checkProgress(cycles, clock, intervalMs),
    },
    runNow: begin,
    async run(signal) {
      const abort = () => stop.abort(signal.reason);
      if (signal.aborted) abort();
      signal.addEventListener("abort", abort, { once: true });
      while (!signal.aborted) {
        if (running === undefined && shards.owned().size === 0) {
          await shards.changed(signal);
          continue;
        }
        if (running === undefined) begin();
        await running;
        if (!signal.aborted) await untilDue(signal);
      }
      await running;
    },
  };
}

/** Whether a cycle had nothing to analyse, here or at another replica. */
function isEmpty({ kept, elsewhere }: Cycle): boolean {
  return kept === 0 && elsewhere === 0;
}
