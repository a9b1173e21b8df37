import type { Clock } from "../../shared/ports/clock.ts";

/** How often a source that is silent is looked at: who looks as well shares the answer. */
const LOOK_MS = 2_000;

/** Resolves once a source that was silent is known to answer again, or when the signal aborts. */
export async function sourceReturns(
  { failingSince, clock, signal }: {
    /** Since when the source answers nobody; `null` where it does. */
    readonly failingSince: () => Promise<number | null>;
    readonly clock: Clock;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  do await clock.sleep(LOOK_MS, signal); while (!signal.aborted && await failingSince() !== null);
}
