import type { Evaluation } from "./evaluation.ts";

/** Evaluations stored in one transaction at most. */
const COMMIT_MAX = 100;

/**
 * Stores evaluations as they come: at once while the store is idle, together while it is busy. So none waits for a
 * slow neighbour, and a thousand do not take a thousand transactions.
 */
export class CommitQueue {
  readonly #commit: (evaluations: readonly Evaluation[]) => Promise<void>;
  readonly #waiting: { readonly evaluation: Evaluation; readonly release: () => void }[] = [];
  #running: Promise<void> | null = null;

  constructor(commit: (evaluations: readonly Evaluation[]) => Promise<void>) {
    this.#commit = commit;
  }

  /** Queues an evaluation; `release` is called when it has been tried. */
  add(evaluation: Evaluation, release: () => void): void {
    this.#waiting.push({ evaluation, release });
    this.#running ??= this.#drain();
  }

  /** Resolves when the queue is empty. */
  async finished(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, COMMIT_MAX);
      try {
        await this.#commit(batch.map(({ evaluation }) => evaluation));
      } finally {
        for (const { release } of batch) release();
      }
    }
    this.#running = null;
  }
}
