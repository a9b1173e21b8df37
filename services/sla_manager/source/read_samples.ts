import { setImmediate } from "node:timers/promises";
import { DomainError } from "../../shared/domain/errors.ts";
import { formatDuration } from "../../shared/domain/units/duration_text.ts";
import type { MetricsSource, RangeQuery, RangeReading } from "../../shared/ports/metrics_source.ts";

/** How a reader of samples behaves. */
export interface SampleReaderOptions {
  readonly readsMax: number;
  readonly readTimeoutMs: number;
}

/**
 * Reads ranges for many SLAs at once: equal queries under way are asked once, few run at a time, and each has a
 * deadline, so that one slow expression holds up a slot and not the rest.
 */
export class SampleReader {
  readonly #source: MetricsSource;
  readonly #options: SampleReaderOptions;
  readonly #underWay = new Map<string, Promise<RangeReading>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(source: MetricsSource, options: SampleReaderOptions) {
    this.#source = source;
    this.#options = options;
  }

  /**
   * Rejects as the source does, with `unavailable` at the deadline, and where the source cut its answer short: what
   * is not in it would pass for missing.
   */
  async read(query: RangeQuery): Promise<RangeReading> {
    const key = JSON.stringify([query.expression, query.fromMs, query.toMs, query.stepMs]);
    let reading = this.#underWay.get(key);
    if (reading === undefined) {
      reading = this.#take(query).finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, reading);
    }
    return await reading;
  }

  async #take(query: RangeQuery): Promise<RangeReading> {
    if (this.#running >= this.#options.readsMax) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    try {
      const { readTimeoutMs } = this.#options;
      const deadline = AbortSignal.timeout(readTimeoutMs);
      const reading = await withDeadline(this.#source.read(query, deadline), deadline, readTimeoutMs);
      if (!reading.incomplete) return reading;
      throw new DomainError(
        "unavailable",
        `Cannot judge an incomplete answer: ${reading.warnings.join("; ")}`,
      );
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
      // A source that answers from memory would otherwise keep everything else waiting.
      await setImmediate();
    }
  }
}

/** Settles at the deadline even if the source does not heed its signal. */
async function withDeadline<Value>(
  work: Promise<Value>,
  deadline: AbortSignal,
  timeoutMs: number,
): Promise<Value> {
  let stop = (): void => {};
  const why = `no answer came within ${formatDuration(timeoutMs)}`;
  const late = new Promise<never>((_, reject) => {
    stop = () =>
      reject(
        new DomainError(
          "unavailable",
          `Cannot read samples as ${why}`,
          { why },
        ),
      );
    deadline.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    deadline.removeEventListener("abort", stop);
  }
}
