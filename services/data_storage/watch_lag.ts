import { getLogger } from "@logtape/logtape";
import { RESULTS_TOPIC } from "../shared/domain/topics.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { MessageBus } from "../shared/ports/message_bus.ts";
import type { Metrics } from "../shared/ports/metrics.ts";

/** What watching the lag needs. */
export interface LagOptions {
  readonly bus: MessageBus;
  readonly group: string;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly signal: AbortSignal;
}

const INTERVAL_MS = 15_000;
const log = getLogger(["pronoia", "data_storage"]);

/**
 * Shows on `/metrics` how many messages wait to be stored, until `signal` aborts. The gauge is absent while the bus
 * can't be asked, which is not the same as none.
 */
export async function watchLag({ bus, group, clock, metrics, signal }: LagOptions): Promise<void> {
  const gauge = metrics.gauge({
    name: "storage_lag_messages",
    help: "Messages not stored yet, of all partitions; absent while the bus can't be asked",
    labels: ["topic"],
  });
  while (!signal.aborted) {
    try {
      const partitions = await bus.lag(RESULTS_TOPIC, group);
      gauge.set(partitions.reduce((total, { lag }) => total + lag, 0), { topic: RESULTS_TOPIC });
    } catch (error) {
      gauge.clear();
      log.debug("could not ask for the lag", { error });
    }
    await clock.sleep(INTERVAL_MS, signal);
  }
}
