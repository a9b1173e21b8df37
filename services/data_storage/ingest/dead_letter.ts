import { crc32 } from "node:zlib";
import type { IncomingMessage, OutgoingMessage } from "../../shared/ports/message_bus.ts";

/** A message that could not be stored, and why. */
export interface Poison {
  readonly message: IncomingMessage;
  readonly reason: string;
}

/** Where a dead letter came from. */
export interface LetterSource {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

const HEADERS = {
  reason: "reason",
  topic: "source-topic",
  partition: "source-partition",
  offset: "source-offset",
  checksum: "source-checksum",
} as const;

const OWN_HEADERS: ReadonlySet<string> = new Set(Object.values(HEADERS));

/**
 * A broker's limit is on what travels: compressed, a message may be far larger than any topic takes as it is. Of such
 * a letter the beginning stays, still too long to be taken for a message.
 */
const VALUE_BYTES_MAX = 2 * 1_024 * 1_024;
/** Longest key, and longest headers all together, in characters. */
const TEXT_LENGTH_MAX = 100_000;

/** The dead letter of a poisonous message: key and value as they came, its headers, and where and why. */
export function toDeadLetter({ message, reason }: Poison): OutgoingMessage {
  const { topic, partition, offset, key, value, headers } = message;
  const headersLength = Object.entries(headers).reduce(
    (sum, [name, text]) => sum + name.length + text.length,
    0,
  );
  return {
    key: key.slice(0, TEXT_LENGTH_MAX),
    value: value === null ? null : value.subarray(0, VALUE_BYTES_MAX),
    headers: {
      ...(headersLength > TEXT_LENGTH_MAX ? {} : headers),
      [HEADERS.reason]: reason,
      [HEADERS.topic]: topic,
      [HEADERS.partition]: `${partition}`,
      [HEADERS.offset]: offset,
      [HEADERS.checksum]: checksumOf(value),
    },
  };
}

/** The message a letter was made of, to be published again. */
export function fromDeadLetter({ key, value, headers }: IncomingMessage): OutgoingMessage {
  return {
    key,
    value,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name))),
  };
}

/** Why a letter is one; others may write to the topic too. */
export function reasonOf({ headers }: IncomingMessage): string {
  return headers[HEADERS.reason] ?? "unknown";
}

/** Where a letter came from, `null` if it does not say. */
export function sourceOf({ headers }: IncomingMessage): LetterSource | null {
  const topic = headers[HEADERS.topic];
  const offset = headers[HEADERS.offset];
  if (topic === undefined || offset === undefined) return null;
  return { topic, partition: Number(headers[HEADERS.partition] ?? 0), offset };
}

/** What is the same of a message and its letter, and of no others: place and content (topics may be made anew). */
export function identityOfSource({ topic, partition, offset, value }: IncomingMessage): string {
  return `${topic} ${partition} ${offset} ${checksumOf(value)}`;
}

/** The same, read from the letter. */
export function identityOfLetter({ headers }: IncomingMessage): string {
  return [HEADERS.topic, HEADERS.partition, HEADERS.offset, HEADERS.checksum].map((name) => headers[name])
    .join(" ");
}

function checksumOf(value: Uint8Array | null): string {
  return value === null ? "none" : crc32(value).toString(16);
}
