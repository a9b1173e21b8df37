import { DEAD_LETTER_TOPIC } from "../../shared/domain/topics.ts";
import type { MessageBus } from "../../shared/ports/message_bus.ts";
import { identityOfLetter, identityOfSource, type Poison } from "./dead_letter.ts";

/** Letters that are remembered. */
const REMEMBERED_MAX = 10_000;
const PAGE = 500;
/** Letters are read for their headers, but come with their values: so much is held at once. */
const PAGE_BYTES_MAX = 8 * 1_024 * 1_024;

/**
 * Remembers which messages are dead letters already. A process that died between publishing a letter and committing
 * gets the message again, and so does who takes over its partition: by looking into the topic first, each message is
 * put there once.
 */
export class DeadLetterLedger {
  readonly #bus: MessageBus;
  readonly #seen = new Set<string>();
  /** Last offset read, per partition. */
  #after?: Record<number, string>;

  constructor(bus: MessageBus) {
    this.#bus = bus;
  }

  /** Those without a letter. Reads what was published since it was last asked. */
  async unseen(poison: readonly Poison[]): Promise<readonly Poison[]> {
    await this.#catchUp();
    return poison.filter(({ message }) => !this.#seen.has(identityOfSource(message)));
  }

  async #catchUp(): Promise<void> {
    const after = this.#after ?? await this.#beginning();
    while (true) {
      const letters = await this.#bus.browse(DEAD_LETTER_TOPIC, {
        limit: PAGE,
        after,
        bytesMax: PAGE_BYTES_MAX,
      });
      if (letters.length === 0) return;
      for (const letter of letters) {
        after[letter.partition] = letter.offset;
        this.#remember(identityOfLetter(letter));
      }
      this.#after = after;
    }
  }

  /** A long topic is read from its last letters on. */
  async #beginning(): Promise<Record<number, string>> {
    const partitions = await this.#bus.lag(DEAD_LETTER_TOPIC, "pronoia.nobody");
    const each = Math.floor(REMEMBERED_MAX / partitions.length);
    return Object.fromEntries(
      partitions.flatMap(({ partition, end }) => {
        const from = BigInt(end) - BigInt(each);
        return from > 0n ? [[partition, `${from - 1n}`]] : [];
      }),
    );
  }

  #remember(identity: string): void {
    this.#seen.add(identity);
    if (this.#seen.size <= REMEMBERED_MAX) return;
    for (const oldest of this.#seen) {
      this.#seen.delete(oldest);
      break;
    }
  }
}
