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
  let batch: OutgoingMessage[] = [];
  let callbacks: (() => void)[] = [];
  let bytes = 0;
  let sending: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    const messages = batch;
    const published = callbacks;
    [batch, callbacks, bytes] = [[], [], 0];
    if (messages.length === 0) return sending;
    sending = sending.then(() => timings.stage("publish", () => bus.publish(RESULTS_TOPIC, messages, signal)))
      .then(() => published.forEach((callback) => callback()));
    return sending;
  }

  return {
    async add({ id, messages, onPublished }) {
      for (const { kind, value } of messages) {
        batch.push({ key: id, value, headers: { kind, version: String(MESSAGE_VERSION), traceparent } });
        bytes += value.byteLength;
      }
      callbacks.push(onPublished);
      if (batch.length >= BATCH_MESSAGES || bytes >= BATCH_BYTES) await flush();
    },
    flush,
  };
}

/** One trace per cycle, as W3C writes it. */
function createTraceparent(): string {
  const hex = (bytes: number) =>
    [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join(
      "",
    );
  return `00-${hex(16)}-${hex(8)}-01`;
}
