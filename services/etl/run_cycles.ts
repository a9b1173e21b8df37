import { DomainError } from "../shared/domain/errors.ts";
import { messageOf } from "../shared/domain/message_of.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { Dependency } from "../shared/ports/health.ts";
import type { Metrics } from "../shared/ports/metrics.ts";
import type { ShardOwnership } from "../shared/ports/shard_ownership.ts";
import type { CycleParts } from "./cycle/cycle_parts.ts";
import { runCycle } from "./cycle/run_cycle.ts";
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

/** A cycle that takes so long, and five intervals, hangs: it is given up. */
const CYCLE_DEADLINE_MS = 5 * 60_000;
const PROGRESS_EVERY_MS = 5_000;
/** A failed cycle is tried again this soon, so that the service is ready within 30 s of what it depends on. */
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
    running = execute(run).finally(() => {
      running = undefined;
    });
    return run.cycle;
  }

  async function execute(run: CycleRun): Promise<void> {
    const { cycle } = run;
    const ended = new AbortController();
    const late = new AbortController();
    const deadlineMs = Math.max(CYCLE_DEADLINE_MS, 5 * intervalMs);
    const timer = clock.sleep(deadlineMs, ended.signal).then(() => {
      if (!ended.signal.aborted) {
        late.abort(new Error(`the cycle did not end within ${deadlineMs / 1_000} s`));
      }
    });
    const told = tellProgress(cycle, ended.signal);
    let reason: string | undefined;
    try {
      const signal = AbortSignal.any([stop.signal, late.signal]);
      await runCycle({ ...parts, owned }, run, signal);
    } catch (error) {
      if (stop.signal.aborted) reason = "The service stopped";
      else reason = messageOf(error);
    } finally {
      ended.abort();
      await Promise.all([timer, told]);
    }
    const endedAtMs = clock.nowMs();
    cycles.end(cycle, { endedAtMs, reason, overran: endedAtMs - cycle.startedAtMs > intervalMs });
    // One that was cut off by an orderly end is no failure for anybody to look into.
    if (stop.signal.aborted && reason !== undefined) return;
    counted(cycle);
    onEnd?.(cycle);
  }

  /** The first cycle of many series takes a while. */
  async function tellProgress(cycle: Cycle, ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      await clock.sleep(PROGRESS_EVERY_MS, ended);
      if (!ended.aborted) onProgress?.(cycle);
    }
  }

  /** Cycles keep to a grid, soon after the samples of a full step are there; one that failed is made up for sooner. */
  function untilNextMs(): number {
    const phaseMs = offsetMs + 1_000;
    const nowMs = clock.nowMs();
    const nextMs = (Math.floor((nowMs - phaseMs) / intervalMs) + 1) * intervalMs + phaseMs - nowMs;
    return cycles.list()[0]?.state === "failed" ? Math.min(RETRY_MS, nextMs) : nextMs;
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

function countCycles(metrics: Metrics): (cycle: Cycle) => void {
  const total = metrics.counter({ name: "etl_cycles_total", help: "Cycles that ended", labels: ["state"] });
  const overruns = metrics.counter({
    name: "etl_cycle_overruns_total",
    help: "Cycles longer than the interval",
  });
  const duration = metrics.gauge({ name: "etl_cycle_duration_seconds", help: "Duration of the last cycle" });
  const series = metrics.gauge({ name: "etl_series", help: "Series of the last cycle", labels: ["state"] });
  const messages = metrics.counter({
    name: "etl_messages_total",
    help: "Messages published",
    labels: ["kind"],
  });
  overruns.add(0);
  return (cycle) => {
    total.add(1, { state: cycle.state });
    if (cycle.overran) overruns.add(1);
    duration.set(((cycle.endedAtMs ?? cycle.startedAtMs) - cycle.startedAtMs) / 1_000);
    series.set(cycle.kept, { state: "kept" });
    series.set(cycle.dropped, { state: "dropped" });
    series.set(cycle.elsewhere, { state: "elsewhere" });
    for (const [kind, count] of Object.entries(cycle.published)) messages.add(count, { kind });
  };
}

function checkProgress(cycles: CycleLog, clock: Clock, intervalMs: number): Promise<void> {
  const [newest, ...older] = cycles.list();
  const last = newest?.state === "running" ? older[0] : newest;
  // What is published came from the source and was taken by the bus: a long cycle need not end to show that they are back.
  const isBack = newest?.state === "running" && Object.values(newest.published).some((count) => count > 0);
  if (last?.state === "failed" && !isBack) {
    return Promise.reject(new Error(`The last cycle failed: ${last.reason}`));
  }
  const allowedMs = Math.max(CYCLE_DEADLINE_MS, 5 * intervalMs) + intervalMs;
  if (newest !== undefined && clock.nowMs() - (newest.endedAtMs ?? newest.startedAtMs) > allowedMs) {
    return Promise.reject(new Error("No cycle has ended for long"));
  }
  return Promise.resolve();
}
