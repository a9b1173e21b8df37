/**
 * Wakes those who follow the events when there are new ones. It carries no events: each follower reads them from the
 * store from where it stands, so that none is lost however slow it is, and nothing has to be kept for it.
 */
export class EventFeed {
  #waiting = new Set<() => void>();

  /** Wakes everybody. */
  notify(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }

  /**
   * Resolves at the next {@linkcode notify}, or when `signal` aborts. To be asked for before looking into the store.
   */
  next(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = (): void => {
      this.#waiting.delete(wake);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    if (signal.aborted) resolve();
    else {
      this.#waiting.add(wake);
      signal.addEventListener("abort", wake, { once: true });
    }
    return promise;
  }
}
