import type { Clock } from "../../shared/ports/clock.ts";
import type { MetricsSource } from "../../shared/ports/metrics_source.ts";

/** The source's now, and a fair guess at it while the source is silent. */
export class SourceTime {
  readonly #source: MetricsSource;
  readonly #clock: Clock;
  /** How far the source is ahead of this machine, as of the newest answer. */
  #aheadMs = 0;

  constructor(source: MetricsSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** Asks the source. */
  async ask(signal?: AbortSignal): Promise<number> {
    const nowMs = await this.#source.nowMs(signal);
    this.#aheadMs = nowMs - this.#clock.nowMs();
    return nowMs;
  }

  /** Counts on from the newest answer by this machine's clock. */
  estimate(): number {
    return this.#clock.nowMs() + this.#aheadMs;
  }
}
