import { z } from "zod";
import { timeMs } from "../domain/fields.ts";
import type { Clock } from "../ports/clock.ts";
import type { Dependency } from "../ports/health.ts";

/** How a dependency answered when it was last asked. */
export const DependencyHealth = z.object({
  status: z.enum(["ok", "failing"]).describe("Whether it answered"),
  reason: z.string().optional().meta({
    description: "Why it is failing; absent where it is not",
    example: "no answer within 3 s",
  }),
  failingSinceMs: timeMs(
    "When it was first found failing, as it has been since; asked every 5 s, also while nobody looks. Absent where it " +
      "is not failing",
  ).optional(),
  lastOkAtMs: timeMs(
    "When it last answered before it was found failing: it was lost between the two. Absent where it is not failing, " +
      "or has not answered since the service began",
  ).optional(),
  checkedAtMs: timeMs("When it was asked, by the clock of the service's machine"),
}).meta({ id: "DependencyHealth", description: "How a dependency answered when it was last asked" });
export type DependencyHealth = z.infer<typeof DependencyHealth>;

/** An answer younger than this is given again. */
const FRESH_MS = 2_000;

/** A dependency that does not answer within this time is failing. */
const TIMEOUT_MS = 3_000;

/** What is remembered of a dependency. */
interface Known {
  readonly askedAtMs: number;
  readonly answer: Promise<DependencyHealth>;
}

/** Of each dependency once, whoever asks: services in one process share some, and tell the same of them. */
const known = new WeakMap<Dependency, Known>();

/**
 * Asks a dependency how it is, at most every 2 s however many ask, and remembers since when it is failing.
 *
 * @returns Its health, within some 3 s; never rejects.
 */
export function checkDependency(dependency: Dependency, clock: Clock): Promise<DependencyHealth> {
  const askedAtMs = clock.nowMs();
  const latest = known.get(dependency);
  // A clock that was set back must not freeze the answer.
  if (latest !== undefined && Math.abs(askedAtMs - latest.askedAtMs) < FRESH_MS) return latest.answer;
  const answer = askAfter(latest?.answer, { dependency, clock, askedAtMs });
  known.set(dependency, { askedAtMs, answer });
  return answer;
}

async function askAfter(
  earlier: Promise<DependencyHealth> | undefined,
  { dependency, clock, askedAtMs }: {
    readonly dependency: Dependency;
    readonly clock: Clock;
    readonly askedAtMs: number;
  },
): Promise<DependencyHealth> {
  const [before, reason] = await Promise.all([earlier, findFailure(dependency, clock)]);
  const checkedAtMs = clock.nowMs();
  if (reason === null) return { status: "ok", checkedAtMs };
  const failingSinceMs = before?.failingSinceMs ?? askedAtMs;
  const lastOkAtMs = before?.status === "ok" ? before.checkedAtMs : before?.lastOkAtMs;
  return {
    status: "failing",
    reason,
    failingSinceMs,
    ...(lastOkAtMs !== undefined && { lastOkAtMs }),
    checkedAtMs,
  };
}

/** Why a dependency can't be used, in one line; `null` where it answers. */
async function findFailure(dependency: Dependency, clock: Clock): Promise<string | null> {
  const given = new AbortController();
  const timer = new AbortController();
  const timeout = clock.sleep(TIMEOUT_MS, timer.signal).then(() => {
    if (timer.signal.aborted) return;
    throw new Error(`no answer within ${TIMEOUT_MS / 1000} s`);
  });
  try {
    await Promise.race([dependency.ping(given.signal), timeout.then(() => new Promise<never>(() => {}))]);
    return null;
  } catch (error) {
    return reasonOf(error);
  } finally {
    timer.abort();
    given.abort();
  }
}

/** One line, and no password of a URL. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.split("\n")[0].replace(/:\/\/[^\s@/]+@/g, "://");
}
