import { badness } from "../../shared/domain/sla/sla_status.ts";
import type { Gauge, Metrics } from "../../shared/ports/metrics.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { answerBudget } from "./answer_budget.ts";
import { answerStatus } from "./answer_status.ts";

/** Gauges of SLAs by name, each of its worst series: no label set ever becomes a label here. */
export interface SlaGauges {
  /** Shows what was evaluated last, of at most `slasMax` SLAs, the worst first. */
  show(evaluator: Evaluator): void;
}

/** Makes the gauges. O(SLAs) per evaluation; cardinality is three per SLA, bounded. */
export function createSlaGauges(metrics: Metrics, slasMax: number): SlaGauges {
  const labels = ["sla"];
  const state = metrics.gauge({
    name: "sla_state",
    help: "State of the SLA's worst series: 0 ok, 1 at risk, 2 unknown, 3 violated",
    labels,
  });
  const probability = metrics.gauge({
    name: "sla_breach_probability",
    help: "Probability of a violation within the horizon; absent without a fresh prediction",
    labels,
  });
  const budget = metrics.gauge({
    name: "sla_budget_remaining_ratio",
    help:
      "Share of the error budget that is left, negative when overspent; absent without a target, and while the past is counted",
    labels,
  });
  const leftOut = metrics.gauge({
    name: "sla_gauges_left_out",
    help: "SLAs beyond the limit, without gauges",
  });
  return {
    show(evaluator) {
      const { settings } = evaluator.parts;
      const nowMs = evaluator.time.estimate();
      const shown = evaluator.own()
        .map((entry) => ({ entry, status: answerStatus(entry, nowMs, settings) }))
        .sort((a, b) => badness(b.status.state) - badness(a.status.state));
      for (const gauge of [state, probability, budget]) gauge.clear();
      leftOut.set(Math.max(0, shown.length - slasMax));
      for (const { entry, status } of shown.slice(0, slasMax)) {
        const sla = { sla: entry.sla.name };
        state.set(badness(status.state), sla);
        const likeliest = Math.max(...status.series.map((one) => one.probability ?? -1), -1);
        setKnown(probability, likeliest < 0 ? null : likeliest, sla);
        if (entry.sla.target !== null) setKnown(budget, answerBudget(entry, nowMs).remaining, sla);
      }
    },
  };
}

function setKnown(gauge: Gauge, value: number | null, labels: Readonly<Record<string, string>>): void {
  if (value !== null) gauge.set(value, labels);
}
