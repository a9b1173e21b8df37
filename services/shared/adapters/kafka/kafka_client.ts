import { getLogger } from "@logtape/logtape";
import kafkajs from "kafkajs";
import type { Kafka, KafkaConfig, LogEntry } from "kafkajs";
import RequestQueue from "kafkajs/src/network/requestQueue/index.js";
import { DomainError } from "../../domain/errors.ts";
import type { KafkaSecurity } from "./kafka_security.ts";

/**
 * Makes the client that producers, consumers and the administration come from. This file is the only one that loads
 * kafkajs, which nobody maintains any more: what is wrong with it is put right here.
 */
export function createKafkaClient(brokers: readonly string[], security: KafkaSecurity = {}): Kafka {
  return new kafkajs.Kafka({
    clientId: "pronoia",
    brokers: [...brokers],
    ...readSecurity(security),
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    // Short: whoever gives up is started afresh by us, with a backoff of our own.
    retry: { retries: 3, initialRetryTime: 200, maxRetryTime: 2_000 },
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => writeLog,
  });
}

/** TLS and login as kafkajs takes them; reads the file. */
function readSecurity({ tls = false, caFile, sasl }: KafkaSecurity): Pick<KafkaConfig, "ssl" | "sasl"> {
  return {
    ssl: caFile === undefined ? tls : { ca: [Deno.readTextFileSync(caFile)] },
    // One type per mechanism there, and the same three fields.
    ...(sasl === undefined ? {} : { sasl: { ...sasl } as KafkaConfig["sasl"] }),
  };
}

/** Partitions keys as the Java client does. */
export const createPartitioner: typeof kafkajs.Partitioners.DefaultPartitioner =
  kafkajs.Partitioners.DefaultPartitioner;

/** How members of a group tell each other who gets what. */
export const AssignerProtocol: typeof kafkajs.AssignerProtocol = kafkajs.AssignerProtocol;

/** The part of kafkajs' internal cluster that reads without a group. */
export interface KafkaCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addTargetTopic(topic: string): Promise<void>;
  refreshMetadata(): Promise<void>;
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Record<string, number[]>;
  findBroker(options: { nodeId: string }): Promise<KafkaBroker>;
}

/** One broker of a {@linkcode KafkaCluster}. */
export interface KafkaBroker {
  fetch(request: unknown): Promise<{ responses: readonly FetchedTopic[] }>;
}

/** What a broker answers to a fetch. */
export interface FetchedTopic {
  readonly partitions: readonly {
    readonly partition: number;
    readonly messages: readonly FetchedMessage[];
  }[];
}

/** A record as kafkajs decodes it. */
export interface FetchedMessage {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly isControlRecord?: boolean;
}

/** kafkajs has no public way to read without joining a group; its client makes clusters under a private symbol. */
export function createKafkaCluster(kafka: Kafka): KafkaCluster {
  const symbol = Object.getOwnPropertySymbols(kafka).find(({ description }) =>
    description === "private:Kafka:createCluster"
  );
  if (symbol === undefined) {
    throw new TypeError("Cannot read without a group as kafkajs is not version 2.2.4");
  }
  const create = (kafka as unknown as Record<symbol, (options: object) => KafkaCluster>)[symbol];
  return create({ allowAutoTopicCreation: false });
}

/** Says in one line why Kafka did not do what it was asked. */
export function kafkaFailure(action: string, error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const { code, type } = TOO_LARGE.has(typeOf(error))
    ? { code: "too-large" as const, type: "the message is too large" }
    : { code: "unavailable" as const, type: reasonOf(error) };
  return new DomainError(code, `Cannot ${action} as ${type}`, { cause: error });
}

/** Kafka's name of an error, such as `UNKNOWN_TOPIC_OR_PARTITION`. */
function typeOf(error: unknown): string {
  for (let each = error, depth = 0; each instanceof Error && depth < 8; depth++) {
    const { type, cause } = each as { type?: string; cause?: unknown };
    if (type !== undefined) return type;
    each = cause;
  }
  return "";
}

/** Whether a broker said that it will answer soon, or that another one must be asked by now. */
export function isPassing(error: unknown): boolean {
  // kafkajs trips over metadata that lack a topic for a moment.
  if (error instanceof TypeError) return true;
  const { name, retriable } = error as { name?: string; retriable?: boolean };
  return name === "KafkaJSProtocolError" && retriable === true;
}

const TOO_LARGE = new Set(["MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE"]);

function reasonOf(error: unknown): string {
  const { message, errors } = error as { message?: string; errors?: readonly Error[] };
  const reason = errors?.[0]?.message ?? (message || String(error));
  if (/self[- ]signed|unable to (?:verify|get)|UnknownIssuer|BadSignature/.test(reason)) {
    return `no trusted authority signed the broker's certificate, KAFKA_CA_FILE names one (${reason})`;
  }
  // A broker that is spoken to in another way than it expects says nothing.
  return reason === "Closed connection"
    ? "the broker closed the connection: it stops, or KAFKA_SSL and KAFKA_SASL_MECHANISM are not what it expects"
    : reason;
}

const log = getLogger(["pronoia", "kafka"]);

/** Where kafkajs tells of each attempt to connect, three times a second while a broker is away. */
const ATTEMPTS = new Set(["Connection", "BrokerPool"]);

/** What kafkajs calls an error it mostly retries: who gives up in the end says so at the right level. */
function writeLog({ level, namespace, log: entry }: LogEntry): void {
  const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...properties } = entry;
  const text = `${namespace}: ${message}`.replaceAll("{", "{{").replaceAll("}", "}}");
  if (/Limiting retries for the idempotent producer/.test(text)) return;
  if (level <= kafkajs.logLevel.ERROR && !ATTEMPTS.has(namespace)) log.warning(text, properties);
  else log.debug(text, properties);
}

/**
 * While a connection is idle kafkajs asks its empty queue for work a thousand times a second (tulios/kafkajs#1751):
 * 5 % of a core each, and a warning about negative timeouts. With nothing pending there is nothing to ask for.
 */
interface Queue {
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
  scheduleCheckPendingRequests(): void;
}
const queue = (RequestQueue as unknown as { prototype: Queue }).prototype;
const schedule = queue.scheduleCheckPendingRequests;
queue.scheduleCheckPendingRequests = function (this: Queue): void {
  if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
};

export type { Admin, Consumer, EachBatchPayload, Kafka, PartitionAssigner, Producer } from "kafkajs";
export type { KafkaConfig };
