import { DomainError } from "../../shared/domain/errors.ts";
import { formatDuration } from "../../shared/domain/units/duration_text.ts";
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

  /** Asks the source for so long; resolves to its now, or to why it gives none. */
  async askWithin(timeoutMs: number, signal?: AbortSignal): Promise<number | Error> {
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      return await this.ask(signal === undefined ? deadline : AbortSignal.any([signal, deadline]));
    } catch (error) {
      if (deadline.aborted && !(error instanceof DomainError)) {
        const why = `no answer came within ${formatDuration(timeoutMs)}`;
        return new DomainError("unavailable", `Cannot ask the metrics source for its time as ${why}`, {
          why,
        });
      }
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Counts on from the newest answer by this machine's clock. */
  estimate(): number {
    return this.toSource(this.#clock.nowMs());
  }

  /** A moment of this machine's clock by the source's. */
  toSource(machineMs: number): number {
    return machineMs + this.#aheadMs;
  }
}
