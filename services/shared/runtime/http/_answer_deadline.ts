import type { Context, MiddlewareHandler } from "hono";
import { DomainError } from "../../domain/errors.ts";
import { systemClock } from "../clock.ts";
import type { Readiness } from "../health.ts";
import { OverdueWatch } from "./_overdue_watch.ts";

/** What bounds the time to answer. */
export interface AnswerDeadlineOptions {
  readonly readiness: () => Promise<Readiness>;
  readonly deadlineMs: number;
}

const READS = new Set(["GET", "HEAD"]);

/**
 * So many deadlines a request gets whose dependencies all answer: a large one takes its time, a replay a known one.
 */
const READ_ROUNDS_MAX = 3;
const WRITE_ROUNDS_MAX = 6;

/** How long before the deadline the dependencies are asked, which answer or fail within as much. */
const ASKING_MAX_MS = 3_000;

/** What was begun goes on: it may be done before its dependency hangs, or once that is back. */
const NOT_KNOWN = "; whether it was done is not known: look before you send it again";

/**
 * Ends the wait of a request for a dependency that hangs: once its deadline is over and a dependency is failing, or
 * after some deadlines more whatever they say. A write that is given up may still happen, and its answer says so.
 *
 * What the request was waiting for goes on until it is given up by whoever waits for it there; see
 * {@linkcode isAfterDeadline}.
 *
 * @throws {DomainError} `unavailable`, naming the dependencies that are failing.
 */
export function answerDeadline({ readiness, deadlineMs }: AnswerDeadlineOptions): MiddlewareHandler {
  const askingMs = Math.min(ASKING_MAX_MS, deadlineMs / 2);
  const watch = new OverdueWatch(deadlineMs - askingMs);

  /**
   * Asks the dependencies, from now on and after every deadline, until the request is answered or is to be given up.
   */
  async function untilLate(isRead: boolean, answered: AbortSignal): Promise<DomainError | undefined> {
    const roundsMax = isRead ? READ_ROUNDS_MAX : WRITE_ROUNDS_MAX;
    const outcome = isRead ? "" : NOT_KNOWN;
    for (let round = 1;; round++) {
      const [{ dependencies }] = await Promise.all([readiness(), systemClock.sleep(askingMs, answered)]);
      if (answered.aborted) return;
      const reason = reasonOf(dependencies);
      const within = `Cannot answer within ${round * deadlineMs / 1_000} s`;
      if (reason !== "") {
        return new DomainError(
          "unavailable",
          `${within} as every dependency must answer: ${reason}${outcome}`,
        );
      }
      if (round >= roundsMax) {
        return new DomainError(
          "unavailable",
          `${within}, though every dependency answers${isRead ? ": ask for less at once" : outcome}`,
        );
      }
      await systemClock.sleep(deadlineMs - askingMs, answered);
      if (answered.aborted) return;
    }
  }

  return async (c, next) => {
    const given = Promise.withResolvers<never>();
    let answered: AbortController | undefined;
    const wait = watch.begin(() => {
      answered = new AbortController();
      untilLate(READS.has(c.req.method), answered.signal).then((late) => {
        if (late === undefined) return;
        c.set(LATE, late);
        given.reject(late);
      }, given.reject);
    });
    try {
      // What the answer resolves to is not for us: Hono gives its context there, whatever the type says.
      await Promise.race([next(), given.promise]);
    } finally {
      watch.end(wait);
      answered?.abort();
    }
  };
}

const LATE = "answeredLate";

/** Whether an error comes of a request that its deadline has answered already: it is for nobody. */
export function isAfterDeadline(error: Error, c: Context): boolean {
  const late: unknown = c.get(LATE);
  return late !== undefined && late !== error;
}

/** `store is failing (no answer within 3 s)`, empty if none is. */
function reasonOf(dependencies: Readiness["dependencies"]): string {
  return Object.entries(dependencies).filter(([, { status }]) => status === "failing")
    .map(([name, { reason }]) => `${name} is failing (${reason})`).join(", ");
}
