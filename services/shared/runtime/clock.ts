import type { Clock } from "../ports/clock.ts";

/** The longest a timer can take, some 24 days: asked for more it would fire at once. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** The clock of this machine. Nobody sleeps longer than 24 days. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (durationMs, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", finish);
        resolve();
      };
      const timer = setTimeout(finish, Math.min(durationMs, TIMER_MAX_MS));
      signal?.addEventListener("abort", finish);
    }),
};
