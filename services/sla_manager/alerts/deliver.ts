import { DomainError } from "../../shared/domain/errors.ts";
import type { AlertNotifier } from "../../shared/ports/alert_notifier.ts";
import type { OutboxMessage, SlaOutbox } from "../../shared/ports/sla_outbox.ts";

/** What delivery needs. */
export interface DeliveryParts {
  readonly outbox: SlaOutbox;
  readonly notifier: AlertNotifier;
  readonly nowMs: number;
  readonly signal: AbortSignal;
  /** Hears of messages that were refused for good, and of trouble. */
  readonly onProblem?: (problem: { readonly what: string; readonly error: unknown }) => void;
}

/** What was told. */
export interface DeliveryResult {
  readonly delivered: number;
  readonly refused: number;
  readonly failed: number;
}

const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MAX_MS = 300_000;

/**
 * Delivers the due messages of one channel, oldest first, and forgets them once they were taken.
 *
 * A receiver that is away stops the delivery: what waits behind keeps its order and is tried again together, after
 * 1, 2, 4 … s, at most 5 min. A message that is refused on its own merits is reported and does not hold up the
 * others.
 */
export async function deliverDue(parts: DeliveryParts): Promise<DeliveryResult> {
  const { outbox, notifier, nowMs, signal } = parts;
  const sum = { delivered: 0, refused: 0, failed: 0 };
  // Bounded by the outbox: each turn settles its messages or ends the delivery.
  while (!signal.aborted) {
    const messages = await outbox.peek(notifier.channel, notifier.batchMax);
    // The first one waits for its time, and all behind it for their turn.
    if (messages.length === 0 || messages[0].nextAttemptMs > nowMs) break;
    const outcome = await sendBatch(messages, parts);
    sum.delivered += outcome.delivered.length;
    sum.refused += outcome.refused.length;
    await outbox.settle(notifier.channel, [...outcome.delivered, ...outcome.refused]);
    if (outcome.failed.length > 0) {
      sum.failed = outcome.failed.length;
      const attempts = Math.max(...messages.map((message) => message.attempts));
      const waitMs = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(attempts, 20));
      await outbox.postpone(notifier.channel, outcome.failed, nowMs + waitMs);
      break;
    }
  }
  return sum;
}

/** Tells again of what is active, for receivers that forget. */
export async function repeatActive(
  active: readonly Pick<OutboxMessage, "id" | "alert">[],
  { notifier, signal }: Pick<DeliveryParts, "notifier" | "signal">,
): Promise<void> {
  for (let i = 0; i < active.length; i += notifier.batchMax) {
    const batch = active.slice(i, i + notifier.batchMax);
    try {
      await notifier.send(batch, signal);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === "invalid")) throw error;
      // One of them is refused: it was reported when it began, the others must not suffer for it.
      for (const one of batch) {
        await notifier.send([one], signal).catch((cause) => {
          if (!(cause instanceof DomainError && cause.code === "invalid")) throw cause;
        });
      }
    }
  }
}

interface BatchOutcome {
  readonly delivered: string[];
  readonly refused: string[];
  readonly failed: string[];
}

async function sendBatch(messages: readonly OutboxMessage[], parts: DeliveryParts): Promise<BatchOutcome> {
  const { notifier, signal, onProblem } = parts;
  const ids = messages.map(({ id }) => id);
  try {
    await notifier.send(messages, signal);
    return { delivered: ids, refused: [], failed: [] };
  } catch (error) {
    const refused = error instanceof DomainError && error.code === "invalid";
    if (messages.length === 1 || !refused) {
      onProblem?.({ what: refused ? "tell an alert that is refused for good" : "tell alerts", error });
      return refused
        ? { delivered: [], refused: ids, failed: [] }
        : { delivered: [], refused: [], failed: ids };
    }
  }
  const outcome: BatchOutcome = { delivered: [], refused: [], failed: [] };
  for (const [i, message] of messages.entries()) {
    const one = await sendBatch([message], parts);
    outcome.delivered.push(...one.delivered);
    outcome.refused.push(...one.refused);
    if (one.failed.length > 0) {
      outcome.failed.push(...ids.slice(i));
      break;
    }
  }
  return outcome;
}
