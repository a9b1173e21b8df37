import { DomainError } from "../../shared/domain/errors.ts";
import { MESSAGE_VERSION, type ResultKind } from "../../shared/domain/results/messages.ts";
import { RESULTS_TOPIC } from "../../shared/domain/topics.ts";
import type { MessageBus, OutgoingMessage } from "../../shared/ports/message_bus.ts";
import type { Timings } from "../record/timings.ts";

/** Results of one series to publish together. */
export interface SeriesResults {
  readonly id: string;
  readonly messages: readonly { readonly kind: ResultKind; readonly value: Uint8Array }[];
  /** Called once they are stored by the bus. */
  readonly onPublished: () => void;
  /** Called when they are larger than the bus takes, with the reason. */
  readonly onRefused: (reason: string) => void;
}

/** Sends results in batches; `add` waits while a batch is under way, so that no more than two are in memory. */
export interface Publisher {
  add(results: SeriesResults): Promise<void>;
  flush(): Promise<void>;
}

const BATCH_MESSAGES = 256;
const BATCH_BYTES = 1 << 20;

/** Creates the publisher of one cycle. */
export function createPublisher(
  parts: { readonly bus: MessageBus; readonly timings: Timings },
  signal: AbortSignal,
): Publisher {
  const { bus, timings } = parts;
  const traceparent = createTraceparent();
  let batch: SeriesResults[] = [];
  let count = 0;
  let bytes = 0;
  let sending: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    const results = batch;
    [batch, count, bytes] = [[], 0, 0];
    if (results.length > 0) sending = sending.then(() => send(results));
    return sending;
  }

  /**
   * One series that is too large must not keep the others: the halves are sent apart, what went twice is the same.
   */
  async function send(results: readonly SeriesResults[]): Promise<void> {
    const messages = results.flatMap((each) => toMessages(each, traceparent));
    try {
      if (messages.length > 0) {
        await timings.stage("publish", () => bus.publish(RESULTS_TOPIC, messages, signal));
      }
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "too-large") throw error;
      if (results.length === 1) return results[0].onRefused(error.message);
      const half = results.length >> 1;
      await send(results.slice(0, half));
      return await send(results.slice(half));
    }
    results.forEach(({ onPublished }) => onPublished());
  }

  return {
    async add(results) {
      batch.push(results);
      count += results.messages.length;
      bytes += results.messages.reduce((sum, { value }) => sum + value.byteLength, 0);
      if (count >= BATCH_MESSAGES || bytes >= BATCH_BYTES) await flush();
    },
    flush,
  };
}

function toMessages({ id, messages }: SeriesResults, traceparent: string): OutgoingMessage[] {
  return messages.map(({ kind, value }) => ({
    key: id,
    value,
    headers: { kind, version: String(MESSAGE_VERSION), traceparent },
  }));
}

/** One trace per cycle, as W3C writes it. */
function createTraceparent(): string {
  const hex = (bytes: number) =>
    [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join(
      "",
    );
  return `00-${hex(16)}-${hex(8)}-01`;
}
