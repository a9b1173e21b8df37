/** From a signal to the end of the process at the latest; Docker kills after 10 s. */
const STOP_DEADLINE_MS = 4_000;

const stop = new AbortController();
let isCaught = false;
let isRunning = false;

/**
 * Catches SIGTERM and SIGINT: the process ends with 0, at once while it still loads, and in order once
 * {@linkcode takeStopSignals} has been called. Calling it again changes nothing.
 */
export function catchStopSignals(): void {
  if (isCaught) return;
  isCaught = true;
  for (const name of ["SIGTERM", "SIGINT"] as const) {
    Deno.addSignalListener(name, () => {
      if (!isRunning) Deno.exit(0);
      if (stop.signal.aborted) return;
      // Whatever hangs, the process is gone in time: what was not finished is delivered again or read again.
      setTimeout(() => Deno.exit(0), STOP_DEADLINE_MS);
      stop.abort();
    });
  }
}

/** From now on a stop signal aborts this instead of ending the process, which gets some seconds to end itself. */
export function takeStopSignals(): AbortController {
  catchStopSignals();
  isRunning = true;
  return stop;
}
