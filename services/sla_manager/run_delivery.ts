import type { AlertNotifier } from "../shared/ports/alert_notifier.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { Metrics } from "../shared/ports/metrics.ts";
import type { OutboxMessage } from "../shared/ports/sla_outbox.ts";
import { messageId } from "./alerts/alerts.ts";
import { deliverDue, repeatActive } from "./alerts/deliver.ts";
import type { Evaluator } from "./evaluation/evaluator.ts";
import type { EventFeed } from "./events/event_feed.ts";

/** What the loop needs. */
export interface DeliveryWork {
  readonly evaluator: Evaluator;
  readonly notifier: AlertNotifier;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly feed: EventFeed;
  readonly signal: AbortSignal;
  readonly onProblem: (problem: { readonly what: string; readonly error: unknown }) => void;
}

const IDLE_MS = 1_000;
const NOTHING = { delivered: 0, refused: 0, failed: 0 };

/** Delivers what waits in the outbox for one notifier until the signal aborts; tells again of what is active. */
export async function runDelivery(work: DeliveryWork): Promise<void> {
  const { evaluator, notifier, clock, metrics, signal, onProblem } = work;
  const { outbox } = evaluator.parts.store;
  const told = metrics.counter({
    name: "sla_alert_messages_total",
    help: "Alert changes told, by channel and outcome",
    labels: ["channel", "outcome"],
  });
  let repeatedAtMs = -Infinity;
  while (!signal.aborted) {
    const nowMs = clock.nowMs();
    try {
      // What waits for a channel is told by one replica, in order; what is active by whoever judges it.
      const { delivered, refused, failed } = evaluator.owns(notifier.channel)
        ? await deliverDue({ outbox, notifier, nowMs, signal, onProblem })
        : NOTHING;
      told.add(delivered, { channel: notifier.channel, outcome: "delivered" });
      told.add(refused, { channel: notifier.channel, outcome: "refused" });
      told.add(failed, { channel: notifier.channel, outcome: "failed" });
      if (notifier.repeatMs !== null && nowMs - repeatedAtMs >= notifier.repeatMs && failed === 0) {
        repeatedAtMs = nowMs;
        await repeatActive(activeAlerts(evaluator), { notifier, signal });
      }
    } catch (error) {
      if (!signal.aborted) onProblem({ what: "deliver alerts", error });
    }
    await clock.sleep(IDLE_MS, signal);
  }
}

function activeAlerts(evaluator: Evaluator): Pick<OutboxMessage, "id" | "alert">[] {
  return evaluator.own().flatMap(({ sla, series }) =>
    [...series.values()].flatMap(({ progress }) => Object.values(progress.alerts))
      .map((alert) => ({ id: messageId(alert, sla.revision), alert }))
  );
}
