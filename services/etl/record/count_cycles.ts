import type { Metrics } from "../../shared/ports/metrics.ts";
import type { Cycle } from "./cycle_log.ts";

/** Makes the metrics of cycles; to be called with each that has ended. */
export function countCycles(metrics: Metrics): (cycle: Cycle) => void {
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
