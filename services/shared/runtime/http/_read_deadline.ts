import type { Context, MiddlewareHandler } from "hono";
import { DomainError } from "../../domain/errors.ts";
import { systemClock } from "../clock.ts";
import type { Readiness } from "../health.ts";

/** What bounds a read. */
export interface ReadDeadlineOptions {
  readonly readiness: () => Promise<Readiness>;
  readonly deadlineMs: number;
}

const READS = new Set(["GET", "HEAD"]);

/** So many deadlines a read gets whose dependencies all answer: a large one takes its time. */
const ROUNDS_MAX = 3;

/** How long before the deadline the dependencies are asked, which answer or fail within as much. */
const ASKING_MAX_MS = 3_000;

/**
 * Ends the wait of a read for a dependency that hangs: once its deadline is over and a dependency is failing, or thrice
 * that time whatever they say. Writes have none, as a write that was given up may still happen.
 *
 * What the read was waiting for goes on until it is given up by whoever waits for it there; see {@linkcode isAfterDeadline}.
 *
 * @throws {DomainError} `unavailable`, naming the dependencies that are failing.
 */
export function readDeadline({ readiness, deadlineMs }: ReadDeadlineOptions): MiddlewareHandler {
  const askingMs = Math.min(ASKING_MAX_MS, deadlineMs / 2);

  async function untilLate(answered: AbortSignal): Promise<DomainError | undefined> {
    for (let round = 1;; round++) {
      await systemClock.sleep(deadlineMs - askingMs, answered);
      if (answered.aborted) return;
      const [{ dependencies }] = await Promise.all([readiness(), systemClock.sleep(askingMs, answered)]);
      if (answered.aborted) return;
      const reason = reasonOf(dependencies);
      const within = `Cannot answer within ${round * deadlineMs / 1_000} s`;
      if (reason !== "") {
        return new DomainError("unavailable", `${within} as every dependency must answer: ${reason}`);
      }
      if (round < ROUNDS_MAX) continue;
      return new DomainError(
        "unavailable",
        `${within}, though every dependency answers: ask for less at once`,
      );
    }
  }

  return async (c, next) => {
    if (!READS.has(c.req.method)) return await next();
    const answered = new AbortController();
    // What it resolves to is not for us: Hono gives its context there, whatever the type says.
    const answer = next().then(() => undefined).finally(() => answered.abort());
    const late = await Promise.race([answer, untilLate(answered.signal)]);
    if (late === undefined) return await answer;
    c.set(LATE, late);
    throw late;
  };
}

const LATE = "answeredLate";

/** Whether an error comes of a read that its deadline has answered already: it is for nobody. */
export function isAfterDeadline(error: Error, c: Context): boolean {
  const late: unknown = c.get(LATE);
  return late !== undefined && late !== error;
}

/** `store is failing (no answer within 3 s)`, empty if none is. */
function reasonOf(dependencies: Readiness["dependencies"]): string {
  return Object.entries(dependencies).filter(([, { status }]) => status === "failing")
    .map(([name, { reason }]) => `${name} is failing (${reason})`).join(", ");
}
