import type { SlaAlert } from "../domain/sla/sla_event.ts";

/**
 * What is yet to be told to others, in the order it happened. Messages enter by `SlaProgressStore.commit`, in the
 * transaction that stored what they tell, so that none is lost and none is made twice.
 */
export interface SlaOutbox {
  /** The oldest messages of a channel, in order, at most `limit`, whether their time has come or not. */
  peek(channel: string, limit: number): Promise<readonly OutboxMessage[]>;
  /** Forgets what was delivered. */
  settle(channel: string, ids: readonly string[]): Promise<void>;
  /** Counts an attempt and waits until `nextAttemptMs`. */
  postpone(channel: string, ids: readonly string[], nextAttemptMs: number): Promise<void>;
}

/** One alert change for one channel. */
export interface OutboxMessage {
  /** Natural key: alert, revision of the SLA, start, firing or resolved. */
  readonly id: string;
  readonly channel: string;
  readonly alert: SlaAlert;
  readonly attempts: number;
  /** Not to be tried before, epoch ms; 0 at first. */
  readonly nextAttemptMs: number;
}

/** A message to store. */
export type NewOutboxMessage = Omit<OutboxMessage, "attempts" | "nextAttemptMs">;
