/** Something that is waited for. */
export interface Wait {
  readonly sinceMs: number;
  /** `undefined` once it has ended. */
  onOverdue: (() => void) | undefined;
}

/**
 * Tells of waits that last longer than some time, each once.
 *
 * A timer for each would cost more than most waits take. So there is one for all of them, of the oldest, and none
 * before the event loop has gone round once: what is answered from memory ends before.
 */
export class OverdueWatch {
  readonly #afterMs: number;
  /** Oldest first. */
  readonly #waits = new Set<Wait>();
  #immediate: ReturnType<typeof setImmediate> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  /** Begins a wait; to be ended whatever becomes of it. */
  begin(onOverdue: () => void): Wait {
    const wait: Wait = { sinceMs: performance.now(), onOverdue };
    this.#waits.add(wait);
    if (this.#timer === undefined) this.#immediate ??= setImmediate(() => this.#arm());
    return wait;
  }

  /** Ends a wait; changes nothing of one that was told of already. */
  end(wait: Wait): void {
    this.#waits.delete(wait);
    // The set's old tables are collected late, and must not keep the request of each wait that long.
    wait.onOverdue = undefined;
    if (this.#waits.size > 0) return;
    // Nothing may keep a process alive that waits for nothing.
    if (this.#immediate !== undefined) clearImmediate(this.#immediate);
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#immediate = this.#timer = undefined;
  }

  #arm(): void {
    this.#immediate = undefined;
    for (const { sinceMs } of this.#waits) {
      const leftMs = Math.max(0, Math.ceil(sinceMs + this.#afterMs - performance.now()));
      this.#timer = setTimeout(() => this.#tell(), leftMs);
      return;
    }
  }

  #tell(): void {
    this.#timer = undefined;
    const overdueMs = performance.now() - this.#afterMs;
    for (const wait of this.#waits) {
      if (wait.sinceMs > overdueMs) break;
      this.#waits.delete(wait);
      wait.onOverdue?.();
    }
    this.#arm();
  }
}
