import { logger } from "../log.ts";

/**
 * Tells of answers of 503: the first of a reason at once, then how many more there were, and to whom the last of them
 * went. A page asks some paths every few seconds, and a dependency that is down must not drown what else is logged.
 */
export interface UnavailableLog {
  /** Tells of an answer, or counts it where the same reason was told of lately. */
  note(answer: { readonly method: string; readonly path: string; readonly reason: string }): void;
  /** Tells what was counted, once it is time; to be called now and then, such as with every request. */
  flush(): void;
}

interface Told {
  toldAtMs: number;
  /** Since it was told. */
  times: number;
  method: string;
  path: string;
}

const TELL_EVERY_MS = 30_000;
const REASONS_MAX = 100;

/** Creates the log of one app. */
export function createUnavailableLog(nowMs: () => number = Date.now): UnavailableLog {
  const told = new Map<string, Told>();

  function flush(): void {
    for (const [reason, each] of told) {
      // A clock that was set back must not silence it.
      if (Math.abs(nowMs() - each.toldAtMs) < TELL_EVERY_MS) continue;
      if (each.times === 0) {
        told.delete(reason);
        continue;
      }
      const { times, method, path } = each;
      logger("http").warning("answered 503 another {times} times, last to {method} {path}: {reason}", {
        times,
        method,
        path,
        reason,
      });
      Object.assign(each, { toldAtMs: nowMs(), times: 0 });
    }
  }

  return {
    flush,
    note({ method, path, reason }) {
      flush();
      const known = told.get(reason);
      if (known !== undefined) {
        Object.assign(known, { times: known.times + 1, method, path });
        return;
      }
      logger("http").warning("answered 503 to {method} {path}: {reason}", { method, path, reason });
      if (told.size >= REASONS_MAX) told.clear();
      told.set(reason, { toldAtMs: nowMs(), times: 0, method, path });
    },
  };
}
