import { getLogger } from "@logtape/logtape";
import { DomainError } from "../../shared/domain/errors.ts";
import { messageOf } from "../../shared/domain/message_of.ts";
import type { ResultMessage } from "../../shared/domain/results/messages.ts";
import { DEAD_LETTER_TOPIC } from "../../shared/domain/topics.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { BatchHandler, IncomingMessage, MessageBus } from "../../shared/ports/message_bus.ts";
import type { Metrics } from "../../shared/ports/metrics.ts";
import type { ResultWriter } from "../../shared/ports/result_writer.ts";
import { type Poison, toDeadLetter } from "./dead_letter.ts";
import { DeadLetterLedger } from "./dead_letter_ledger.ts";
import { decodeMessage } from "./decode_message.ts";

/** What ingesting needs. */
export interface IngestOptions {
  readonly bus: MessageBus;
  readonly writer: ResultWriter;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

/** The handler of batches, and what it did last. */
export interface Ingest {
  readonly handle: BatchHandler;
  /** When this process last wrote, epoch ms of the machine; `null` before. */
  lastWriteMs(): number | null;
}

/** A dead-letter topic that can't be written to halts its partition, not the others for long. */
const DEAD_LETTER_DEADLINE_MS = 5_000;

const log = getLogger(["pronoia", "data_storage"]);

interface Candidate {
  readonly message: IncomingMessage;
  readonly result: ResultMessage;
}

/**
 * Makes the handler that stores batches.
 *
 * It resolves once every message is either in the store or in the dead-letter topic, so a batch may be committed then
 * and not before. While either can't be reached it rejects: the bus delivers the batch again, and as rows have
 * natural keys and letters are looked up first, nothing is there twice.
 */
export function createIngest({ bus, writer, clock, metrics }: IngestOptions): Ingest {
  const ledger = new DeadLetterLedger(bus);
  const stored = metrics.counter({
    name: "storage_messages_total",
    help: "Messages written to the store",
    labels: ["kind"],
  });
  const dead = metrics.counter({
    name: "storage_dead_letters_total",
    help: "Messages put aside as dead letters",
  });
  const rejected = metrics.counter({
    name: "storage_batches_rejected_total",
    help: "Batches that must be delivered again as store or dead-letter topic could not be reached",
  });
  const duration = metrics.histogram({
    name: "storage_write_duration_seconds",
    help: "Time to write one batch",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  let lastWriteMs: number | null = null;
  let halted: string | undefined;

  async function ingest(batch: readonly IncomingMessage[], signal: AbortSignal): Promise<void> {
    const { good, poison } = decodeBatch(batch);
    const startMs = performance.now();
    const refused = await store(writer, good);
    if (good.length > refused.length) {
      duration.observe((performance.now() - startMs) / 1_000);
      lastWriteMs = clock.nowMs();
    }
    const all = [...poison, ...refused];
    const refusedMessages = new Set(refused.map(({ message }) => message));
    for (const { message, result } of good) {
      if (!refusedMessages.has(message)) stored.add(1, { kind: result.kind });
    }
    if (all.length > 0) dead.add(await bury(all, { bus, ledger, signal }));
  }

  return {
    lastWriteMs: () => lastWriteMs,
    async handle(batch, signal) {
      try {
        await ingest(batch, signal);
        if (halted !== undefined) log.info("storing goes on");
        halted = undefined;
      } catch (error) {
        rejected.add();
        // An outage rejects batch after batch: it is told once, and again when its reason changes.
        const reason = messageOf(error);
        if (reason !== halted && !signal.aborted) log.warning("storing waits: {reason}", { reason, error });
        halted = reason;
        throw error;
      }
    },
  };
}

function decodeBatch(batch: readonly IncomingMessage[]): { good: Candidate[]; poison: Poison[] } {
  const good: Candidate[] = [];
  const poison: Poison[] = [];
  for (const message of batch) {
    const decoded = decodeMessage(message);
    if ("result" in decoded) good.push({ message, result: decoded.result });
    else poison.push({ message, reason: decoded.reason });
  }
  return { good, poison };
}

/** Writes all in one transaction; if the store refuses a value, one by one to find whose it is. */
async function store(writer: ResultWriter, candidates: readonly Candidate[]): Promise<readonly Poison[]> {
  if (candidates.length === 0) return [];
  try {
    await writer.write(candidates.map(({ result }) => result));
    return [];
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (candidates.length === 1) return [{ message: candidates[0].message, reason: error.message }];
  }
  const refused: Poison[] = [];
  for (const candidate of candidates) refused.push(...await store(writer, [candidate]));
  return refused;
}

function isRefusal(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code === "invalid";
}

/** Puts poison aside, each message once; resolves to how many letters are new. */
async function bury(
  poison: readonly Poison[],
  { bus, ledger, signal }: { bus: MessageBus; ledger: DeadLetterLedger; signal: AbortSignal },
): Promise<number> {
  const unseen = await ledger.unseen(poison);
  if (unseen.length === 0) return 0;
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(DEAD_LETTER_DEADLINE_MS)]);
  await bus.publish(DEAD_LETTER_TOPIC, unseen.map(toDeadLetter), deadline);
  for (const { message: { partition, offset }, reason } of unseen) {
    log.warning("put aside as a dead letter: {reason}", { reason, partition, offset });
  }
  return unseen.length;
}
