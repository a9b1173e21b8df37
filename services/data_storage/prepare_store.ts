import type { Clock } from "../shared/ports/clock.ts";
import type { ResultWriter } from "../shared/ports/result_writer.ts";

/** Between two tries, ms. */
const RETRY_MS = 1_000;

/** Makes the tables as soon as the database is there, so that readers find them before the first result comes. */
export async function prepareStore(
  { writer, clock, signal }: {
    readonly writer: ResultWriter;
    readonly clock: Clock;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  while (!signal.aborted) {
    try {
      return await writer.ping(signal);
    } catch {
      // `/readyz` tells the reason to who asks.
      await clock.sleep(RETRY_MS, signal);
    }
  }
}
