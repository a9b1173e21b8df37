import type { IncomingMessage } from "../../ports/message_bus.ts";

/** A record as kafkajs hands it over. */
export interface KafkaRecord {
  readonly offset: string;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** A record as the rest of the program knows it. Other producers' keys may be missing, their headers repeated. */
export function toIncoming(topic: string, partition: number, record: KafkaRecord): IncomingMessage {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(record.headers ?? {})) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    headers[name] = typeof last === "string" ? last : last instanceof Uint8Array ? decoder.decode(last) : "";
  }
  return {
    topic,
    partition,
    offset: record.offset,
    key: record.key === null ? "" : decoder.decode(record.key),
    value: record.value,
    headers,
  };
}

const decoder = new TextDecoder();
