import type { SlaAlert } from "../domain/sla/sla_event.ts";

/**
 * Tells others of alerts: each message at least once, in order. A receiver knows by the alert's identity what it has
 * heard already.
 *
 * Rejects with `DomainError` `unavailable` when it should be tried again later, `invalid` when the receiver refuses
 * this content for good.
 */
export interface AlertNotifier {
  /** Name of its messages in the outbox. */
  readonly channel: string;
  /** How often an active alert must be told again, ms; `null` when once is enough. */
  readonly repeatMs: number | null;
  /** Most messages told at once. */
  readonly batchMax: number;
  /** Tells of these changes. */
  send(
    messages: readonly { readonly id: string; readonly alert: SlaAlert }[],
    signal: AbortSignal,
  ): Promise<void>;
}
