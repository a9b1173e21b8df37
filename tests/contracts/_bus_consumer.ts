import type { IncomingMessage, MessageBus } from "../../services/shared/ports/message_bus.ts";
import { until } from "../support/until.ts";

/** A subscription that remembers what it was given. */
export interface TestConsumer {
  readonly messages: IncomingMessage[];
  values(): number[];
  until(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Subscribes for a group; `before` may throw, which has the batch delivered again. */
export function consume(
  bus: MessageBus,
  topic: string,
  group: string,
  before: (batch: readonly IncomingMessage[]) => void = () => {},
  batchMax?: number,
): TestConsumer {
  const messages: IncomingMessage[] = [];
  const stop = new AbortController();
  const done = bus.subscribe(topic, (batch) => {
    // Throwing here would be a bug of the handler, rejecting is its right.
    try {
      before(batch);
    } catch (error) {
      return Promise.reject(error);
    }
    messages.push(...batch);
    return Promise.resolve();
  }, { group, signal: stop.signal, batchMax });
  return {
    messages,
    values: () => messages.map(valueOf),
    until: (count) => Promise.race([until(() => messages.length >= count), done]),
    async stop() {
      stop.abort();
      await done;
    },
  };
}

/** The number a message carries. */
export function valueOf({ value }: IncomingMessage): number {
  return Number(new TextDecoder().decode(value ?? new Uint8Array()));
}
