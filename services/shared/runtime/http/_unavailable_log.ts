import { countRepeats, type Repeats } from "../count_repeats.ts";
import { logger } from "../log.ts";

/** An answer of 503. */
export interface UnavailableAnswer {
  readonly method: string;
  readonly path: string;
  readonly reason: string;
}

/**
 * Tells of answers of 503: the first of a reason at once, then how many more there were, and to whom the last of them
 * went, as a page asks some paths every few seconds. To be flushed with every request.
 */
export interface UnavailableLog extends Pick<Repeats<UnavailableAnswer>, "flush"> {
  /** Tells of an answer, or counts it where the same reason was told of lately. */
  note(answer: UnavailableAnswer): void;
}

const TELL_EVERY_MS = 30_000;

/** Creates the log of one app. */
export function createUnavailableLog(nowMs: () => number = Date.now): UnavailableLog {
  const repeats = countRepeats<UnavailableAnswer>({
    nowMs,
    everyMs: TELL_EVERY_MS,
    tellFirst: (answer) => logger("http").warning("answered 503 to {method} {path}: {reason}", { ...answer }),
    tellMore: (last, times) =>
      logger("http").warning("answered 503 {times} times more, last to {method} {path}: {reason}", {
        times,
        ...last,
      }),
  });
  return { flush: repeats.flush, note: (answer) => repeats.note(answer.reason, answer) };
}
