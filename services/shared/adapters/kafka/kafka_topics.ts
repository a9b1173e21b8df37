import { getLogger } from "@logtape/logtape";
import type { KafkaAdmin } from "./kafka_admin.ts";
import type { Admin } from "./kafka_client.ts";

/** A dead letter is its message and some headers: its topic takes more than the broker's usual megabyte. */
export const DEAD_LETTER_BYTES_MAX = 4 * 1_024 * 1_024;

const log = getLogger(["pronoia", "kafka"]);

/** The topics that are known to be there. */
export class KafkaTopics {
  readonly #admin: KafkaAdmin;
  readonly #partitions: number;
  readonly #wanted: readonly string[];
  readonly #ensured = new Set<string>();
  #ensuring: Promise<unknown> = Promise.resolve();

  constructor(
    { admin, partitions, wanted }: {
      readonly admin: KafkaAdmin;
      /** Of a topic that has to be made. */
      readonly partitions: number;
      /** Made along with the first that is asked for. */
      readonly wanted: readonly string[];
    },
  ) {
    this.#admin = admin;
    this.#partitions = partitions;
    this.#wanted = wanted;
  }

  /** Forgets that a topic was there: it may have been deleted. */
  doubt(topic: string): void {
    this.#ensured.delete(topic);
  }

  /** Makes those of the wanted ones that are missing. */
  async ensureWanted(): Promise<void> {
    for (const topic of this.#wanted) await this.ensure(topic);
  }

  /** Makes a topic that is missing; one at a time, so that several callers ask once. */
  async ensure(topic: string): Promise<void> {
    if (this.#ensured.has(topic)) return;
    const mine = this.#ensuring.then(async () => {
      if (this.#ensured.has(topic)) return;
      const missing = [...new Set([...this.#wanted, topic])].filter((name) => !this.#ensured.has(name));
      await this.#admin.ask(
        `make the topics ${missing.join(", ")}`,
        (admin) => this.#createTopics(admin, missing),
      );
      for (const name of missing) this.#ensured.add(name);
    });
    this.#ensuring = mine.catch(() => {});
    await mine;
  }

  async #createTopics(admin: Admin, topics: readonly string[]): Promise<void> {
    const there = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !there.has(topic));
    if (missing.length > 0) {
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map((topic) => ({
          topic,
          numPartitions: this.#partitions,
          configEntries: topic.endsWith(".dead-letter")
            ? [{ name: "max.message.bytes", value: `${DEAD_LETTER_BYTES_MAX}` }]
            : [],
        })),
      });
      log.info("made the topics {topics}", { topics: missing, partitions: this.#partitions });
    }
    const found = await admin.fetchTopicMetadata({ topics: [...topics] });
    for (const { name, partitions } of found.topics) {
      if (partitions.length === this.#partitions) continue;
      log.warning(
        "the topic {topic} has {found} partitions, configured are {configured}: it is used as it is",
        {
          topic: name,
          found: partitions.length,
          configured: this.#partitions,
        },
      );
    }
  }
}
