import { DomainError } from "../shared/domain/errors.ts";
import { MESSAGE_VERSION } from "../shared/domain/results/messages.ts";
import { DEAD_LETTER_TOPIC, RESULTS_TOPIC } from "../shared/domain/topics.ts";
import type { IncomingMessage, MessageBus } from "../shared/ports/message_bus.ts";
import { fromDeadLetter } from "./ingest/dead_letter.ts";
import { decodeMessage } from "./ingest/decode_message.ts";

/**
 * Where replays stand, as an offset like any consumer's. A program that reads a newer version of messages starts
 * over: what was no message to the older one may be one now.
 */
export const REPLAY_GROUP = `pronoia.dead-letter-replay.v${MESSAGE_VERSION}`;

/** What a replay did. */
export interface Replay {
  /** Letters published again. */
  readonly replayed: number;
  /** Letters that are still no messages; they stay where they are. */
  readonly rejected: number;
  /** Letters a replay has not been over yet: the deadline came first. */
  readonly waiting: number;
}

/** When a replay must end. */
export interface ReplayOptions {
  readonly signal: AbortSignal;
  /** @default 25_000 */
  readonly deadlineMs?: number;
}

/**
 * Goes over the dead letters that no replay has been over: reads each again, and publishes those that are messages
 * now.
 *
 * A letter is passed once it is published, so one that a crash catches in between is published twice: rows have
 * natural keys, so that changes nothing.
 *
 * @throws {DomainError} `unavailable` if nothing could be read or published.
 */
export async function replayDeadLetters(bus: MessageBus, options: ReplayOptions): Promise<Replay> {
  const { signal, deadlineMs = 25_000 } = options;
  const targets = new Map(
    (await bus.lag(DEAD_LETTER_TOPIC, REPLAY_GROUP)).flatMap(({ partition, end, lag }) =>
      lag > 0 ? [[partition, BigInt(end)]] : []
    ),
  );
  if (targets.size === 0) return { replayed: 0, rejected: 0, waiting: 0 };

  let [replayed, rejected] = [0, 0];
  let failure: unknown;
  const done = new AbortController();
  async function replay(batch: readonly IncomingMessage[], taken: AbortSignal): Promise<void> {
    const good = batch.filter((letter) => "result" in decodeMessage(letter));
    try {
      await bus.publish(RESULTS_TOPIC, good.map(fromDeadLetter), taken);
    } catch (error) {
      failure = error;
      throw error;
    }
    replayed += good.length;
    rejected += batch.length - good.length;
    const { partition, offset } = batch[batch.length - 1];
    const target = targets.get(partition);
    if (target !== undefined && BigInt(offset) + 1n >= target) targets.delete(partition);
    if (targets.size === 0) done.abort();
  }

  const until = AbortSignal.any([signal, done.signal, AbortSignal.timeout(deadlineMs)]);
  await bus.subscribe(DEAD_LETTER_TOPIC, replay, { group: REPLAY_GROUP, signal: until, passing: true });
  const waiting = (await bus.lag(DEAD_LETTER_TOPIC, REPLAY_GROUP)).reduce((sum, { lag }) => sum + lag, 0);
  if (replayed + rejected === 0 && waiting > 0) {
    throw failure instanceof DomainError
      ? failure
      : new DomainError("unavailable", "Cannot replay dead letters as the bus handed none over in time");
  }
  return { replayed, rejected, waiting };
}
