import { getLogger } from "@logtape/logtape";
import type { Clock } from "../shared/ports/clock.ts";
import type { Metrics } from "../shared/ports/metrics.ts";
import type { ResultWriter, Retention } from "../shared/ports/result_writer.ts";

/** What pruning needs. */
export interface PruneOptions {
  readonly writer: ResultWriter;
  readonly retention: Retention;
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly signal: AbortSignal;
}

const log = getLogger(["pronoia", "data_storage"]);

/**
 * Deletes what is older than its retention, every `intervalMs` until `signal` aborts; one that fails is made up for
 * by the next.
 *
 * Ages count from the newest result, the now of the data: a source that stood still ages nothing. A message from the
 * future must not delete the present, so this machine's clock is a bound.
 */
export async function pruneResults(options: PruneOptions): Promise<void> {
  const { writer, retention, intervalMs, clock, metrics, signal } = options;
  const pruned = metrics.counter({
    name: "storage_pruned_rows_total",
    help: "Rows deleted as their retention ended",
  });
  while (true) {
    await clock.sleep(intervalMs, signal);
    if (signal.aborted) return;
    try {
      const { lastProducedAtMs } = await writer.count();
      if (lastProducedAtMs === null) continue;
      pruned.add(await writer.prune(retention, Math.min(lastProducedAtMs, clock.nowMs())));
    } catch (error) {
      log.warning("could not delete what is too old, the next round will", { error });
    }
  }
}
