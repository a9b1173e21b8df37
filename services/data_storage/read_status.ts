import { DEAD_LETTER_TOPIC, RESULTS_TOPIC } from "../shared/domain/topics.ts";
import type { MessageBus, PartitionLag } from "../shared/ports/message_bus.ts";
import type { ResultWriter, StoreCount } from "../shared/ports/result_writer.ts";
import type { Ingest } from "./ingest/ingest.ts";
import { REPLAY_GROUP } from "./replay_dead_letters.ts";

/** What status is read from. */
export interface StatusParts {
  readonly bus: MessageBus;
  readonly writer: ResultWriter;
  readonly ingest: Ingest;
  readonly group: string;
}

/** Where data_storage stands. */
export interface StorageStatus extends StoreCount {
  readonly lag: readonly PartitionLag[];
  readonly lagTotal: number;
  readonly lastWriteMs: number | null;
  readonly deadLetters: number;
  readonly deadLettersWaiting: number;
}

/** Asks bus and store where things stand. */
export async function readStatus({ bus, writer, ingest, group }: StatusParts): Promise<StorageStatus> {
  const [lag, letters, unread, count] = await Promise.all([
    bus.lag(RESULTS_TOPIC, group),
    bus.lag(DEAD_LETTER_TOPIC, REPLAY_GROUP),
    // To a group that has read nothing, everything still there is ahead.
    bus.lag(DEAD_LETTER_TOPIC, "pronoia.nobody"),
    writer.count(),
  ]);
  const sum = (partitions: readonly PartitionLag[]) => partitions.reduce((total, { lag }) => total + lag, 0);
  return {
    ...count,
    lag,
    lagTotal: sum(lag),
    lastWriteMs: ingest.lastWriteMs(),
    deadLetters: sum(unread),
    deadLettersWaiting: sum(letters),
  };
}
