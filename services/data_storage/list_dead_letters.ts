import { readCursor, strangeCursor, writeCursor } from "../shared/domain/cursor.ts";
import type { Page, PageRequest } from "../shared/domain/page.ts";
import { DEAD_LETTER_TOPIC } from "../shared/domain/topics.ts";
import type { IncomingMessage, MessageBus } from "../shared/ports/message_bus.ts";
import { type LetterSource, reasonOf, sourceOf } from "./ingest/dead_letter.ts";
import { REPLAY_GROUP } from "./replay_dead_letters.ts";

/** A dead letter as people see it. */
export interface DeadLetter {
  readonly partition: number;
  readonly offset: string;
  readonly reason: string;
  readonly source: LetterSource | null;
  readonly key: string;
  /** The beginning of the value as text, `null` for a tombstone. */
  readonly value: string | null;
  readonly valueBytes: number;
  /** Whether a replay has been over it. */
  readonly replayed: boolean;
}

/** Bytes of a value that are shown. */
const PREVIEW_BYTES = 2_000;

/** Values are read whole: a page ends after so many bytes of them. */
const PAGE_BYTES_MAX = 8 * 1_024 * 1_024;

/** One page of the dead letters that are still there, oldest first; shorter than its limit where they are large. */
export async function listDeadLetters(
  bus: MessageBus,
  { limit, cursor }: PageRequest,
): Promise<Page<DeadLetter>> {
  const after = cursor === undefined ? {} : readPositions(cursor);
  const found = await bus.browse(DEAD_LETTER_TOPIC, {
    limit: limit + 1,
    after,
    bytesMax: PAGE_BYTES_MAX,
  });
  const shown = found.slice(0, limit);
  const replayedTo = new Map(
    (await bus.lag(DEAD_LETTER_TOPIC, REPLAY_GROUP)).map((
      { partition, committed },
    ) => [partition, BigInt(committed)]),
  );
  const bytes = shown.reduce((sum, { value }) => sum + (value?.byteLength ?? 0), 0);
  const last = { ...after };
  for (const { partition, offset } of shown) last[partition] = offset;
  return {
    items: shown.map((letter) => describe(letter, replayedTo.get(letter.partition) ?? 0n)),
    nextCursor: found.length > limit || bytes >= PAGE_BYTES_MAX ? writePositions(last) : null,
  };
}

function describe(letter: IncomingMessage, replayedTo: bigint): DeadLetter {
  const { partition, offset, key, value } = letter;
  return {
    partition,
    offset,
    reason: reasonOf(letter),
    source: sourceOf(letter),
    key,
    value: value === null ? null : new TextDecoder().decode(value.subarray(0, PREVIEW_BYTES)),
    valueBytes: value?.byteLength ?? 0,
    replayed: BigInt(offset) < replayedTo,
  };
}

/** Where the next page starts in each partition. */
function writePositions(positions: Readonly<Record<number, string>>): string {
  return writeCursor("dead letters", Object.entries(positions).flat());
}

function readPositions(cursor: string): Record<number, string> {
  const key = readCursor("dead letters", cursor);
  // The bus takes them for numbers.
  if (key.length % 2 > 0 || key.some((part) => !/^\d{1,19}$/.test(part))) throw strangeCursor();
  return Object.fromEntries(key.flatMap((part, i) => i % 2 === 0 ? [[part, key[i + 1]]] : []));
}
