import { z } from "zod";
import { timeMs } from "../domain/fields.ts";
import type { Clock } from "../ports/clock.ts";
import type { Dependency } from "../ports/health.ts";
import { systemClock } from "./clock.ts";

/** How a dependency answered when it was last asked. */
export const DependencyHealth = z.object({
  status: z.enum(["ok", "failing"]).describe("Whether it answered"),
  reason: z.string().optional().meta({
    description: "Why it is failing; absent where it is not",
    example: "no answer within 3 s",
  }),
  failingSinceMs: timeMs("Since when it was found failing whenever asked; absent where it is not").optional(),
  checkedAtMs: timeMs("When it was asked, by the clock of the service's machine"),
}).meta({ id: "DependencyHealth", description: "How a dependency answered when it was last asked" });
export type DependencyHealth = z.infer<typeof DependencyHealth>;

/** The answer of `/readyz`. */
export const Readiness = z.object({
  status: z.enum(["ok", "failing", "stopping"]).describe(
    "The worst of the dependencies, or that the process ends",
  ),
  dependencies: z.record(z.string(), DependencyHealth).describe("Each dependency by its name"),
}).meta({ id: "Readiness", description: "Whether the next request can be served" });
export type Readiness = z.infer<typeof Readiness>;

/** What is watched, and how often it is asked at most. */
export interface ReadinessOptions {
  readonly dependencies: Readonly<Record<string, Dependency>>;
  /** Answers `stopping` once it aborts. */
  readonly signal?: AbortSignal;
  /** An answer younger than this is given again. @default 2000 */
  readonly freshMs?: number;
  /** A dependency that does not answer within this time is failing. @default 3000 */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
}

/**
 * Makes the question "can the next request be served?".
 *
 * Dependencies are asked when somebody asks, all at once, at most every `freshMs`, so that a loss shows within
 * `freshMs + timeoutMs` and no number of askers loads a dependency.
 */
export function createReadiness(options: ReadinessOptions): () => Promise<Readiness> {
  const { dependencies, signal, freshMs = 2_000, timeoutMs = 3_000, clock = systemClock } = options;
  const failingSince = new Map<string, number>();
  let latest: { readonly askedAtMs: number; readonly answer: Promise<Readiness> } | undefined;

  async function ask(): Promise<Readiness> {
    const entries = await Promise.all(
      Object.entries(dependencies).map(async ([name, dependency]) =>
        [name, remember(name, await check(dependency, timeoutMs, clock))] as const
      ),
    );
    const failing = entries.some(([, health]) => health.status === "failing");
    return { status: failing ? "failing" : "ok", dependencies: Object.fromEntries(entries) };
  }

  function remember(name: string, health: DependencyHealth): DependencyHealth {
    if (health.status === "ok") {
      failingSince.delete(name);
      return health;
    }
    const failingSinceMs = failingSince.get(name) ?? health.checkedAtMs;
    failingSince.set(name, failingSinceMs);
    return { ...health, failingSinceMs };
  }

  return async () => {
    const nowMs = clock.nowMs();
    // A clock that was set back must not freeze the answer.
    if (latest === undefined || Math.abs(nowMs - latest.askedAtMs) >= freshMs) {
      latest = { askedAtMs: nowMs, answer: ask() };
    }
    const answer = await latest.answer;
    return signal?.aborted ? { ...answer, status: "stopping" } : answer;
  };
}

async function check(dependency: Dependency, timeoutMs: number, clock: Clock): Promise<DependencyHealth> {
  const given = new AbortController();
  const timer = new AbortController();
  const timeout = clock.sleep(timeoutMs, timer.signal).then(() => {
    if (timer.signal.aborted) return;
    throw new Error(`no answer within ${timeoutMs / 1000} s`);
  });
  try {
    await Promise.race([dependency.ping(given.signal), timeout.then(() => new Promise<never>(() => {}))]);
    return { status: "ok", checkedAtMs: clock.nowMs() };
  } catch (error) {
    return { status: "failing", reason: reasonOf(error), checkedAtMs: clock.nowMs() };
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
