import type { Clock } from "../ports/clock.ts";
import type { Dependency } from "../ports/health.ts";
import { checkDependency } from "./check_dependency.ts";

/** How often each is asked: since when one is failing is known to about as much. */
const EVERY_MS = 5_000;

/**
 * Asks dependencies how they are, again and again until the signal aborts, so that an outage is dated by when it
 * began and not by when somebody looked. One that several services share is asked once; one that hangs keeps no other
 * waiting longer than it takes to be given up.
 */
export async function watchDependencies(
  dependencies: Iterable<Dependency>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const each = [...new Set(dependencies)];
  while (!signal.aborted) {
    await Promise.all(each.map((dependency) => checkDependency(dependency, clock)));
    await clock.sleep(EVERY_MS, signal);
  }
}
