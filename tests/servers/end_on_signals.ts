import { endDescendants } from "./_descendants.ts";

/** What asks a program to end, with its number. */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Has a signal end all that this process started, whatever that is doing, and then the process, with the exit code
 * shells give it: 128 and its number. A second signal changes nothing.
 *
 * @param dispose Removes what was made besides processes, such as folders and containers.
 * @returns Aborts on the signal: nothing more should be started then.
 */
export function endOnSignals(dispose: () => Promise<void>): AbortSignal {
  const ending = new AbortController();
  for (const [name, number] of Object.entries(SIGNALS)) {
    Deno.addSignalListener(name as Deno.Signal, async () => {
      if (ending.signal.aborted) return;
      ending.abort();
      console.error(`Ended by ${name}`);
      await endDescendants();
      await dispose().catch((error) => console.error(error));
      // What was being started meanwhile.
      await endDescendants();
      Deno.exit(128 + number);
    });
  }
  return ending.signal;
}
