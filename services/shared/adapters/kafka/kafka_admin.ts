import { sleep } from "../_abortable.ts";
import { type Admin, isPassing, type Kafka, kafkaFailure } from "./kafka_client.ts";

/** A broker that answers "not yet" or "not I any more" is asked again so often, after pauses of growing length. */
const ATTEMPTS_MAX = 5;
const ATTEMPT_PAUSE_MS = 150;

/**
 * Asks the cluster about itself, by one connection for all and one question after another: questions about different
 * topics take each other's metadata away. A connection that failed is not used again.
 */
export class KafkaAdmin implements AsyncDisposable {
  readonly #kafka: Kafka;
  readonly #signal: AbortSignal;
  #asking: Promise<unknown> = Promise.resolve();
  #admin?: Promise<Admin>;

  /** @param signal Ends the pauses between attempts. */
  constructor(kafka: Kafka, signal: AbortSignal) {
    this.#kafka = kafka;
    this.#signal = signal;
  }

  /**
   * Asks one question.
   *
   * @param action What could not be done where it has no answer, as in "Cannot … as".
   */
  async ask<Result>(action: string, question: (admin: Admin) => Promise<Result>): Promise<Result> {
    const mine = this.#asking.then(() => this.#askNow(action, question));
    this.#asking = mine.catch(() => {});
    return await mine;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#admin?.then((admin) => admin.disconnect()).catch(() => {});
  }

  async #askNow<Result>(action: string, question: (admin: Admin) => Promise<Result>): Promise<Result> {
    for (let attempt = 1;; attempt++) {
      const asked = this.#admin ??= connectAdmin(this.#kafka);
      try {
        return await question(await asked);
      } catch (error) {
        if (this.#admin === asked) this.#admin = undefined;
        asked.then((admin) => admin.disconnect()).catch(() => {});
        if (attempt >= ATTEMPTS_MAX || !isPassing(error)) throw kafkaFailure(action, error);
      }
      await sleep(attempt * ATTEMPT_PAUSE_MS, this.#signal);
    }
  }
}

async function connectAdmin(kafka: Kafka): Promise<Admin> {
  const admin = kafka.admin({ retry: { retries: 2, initialRetryTime: 200, maxRetryTime: 1_000 } });
  await admin.connect();
  return admin;
}
