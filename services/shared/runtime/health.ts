import { z } from "zod";
import type { Clock } from "../ports/clock.ts";
import type { Dependency } from "../ports/health.ts";
import { checkDependency, DependencyHealth } from "./check_dependency.ts";
import { systemClock } from "./clock.ts";

/** The answer of `/readyz`. */
export const Readiness = z.object({
  status: z.enum(["ok", "failing", "stopping"]).describe(
    "The worst of the dependencies, or that the process ends",
  ),
  dependencies: z.record(z.string(), DependencyHealth).describe("Each dependency by its name"),
}).meta({ id: "Readiness", description: "Whether the next request can be served" });
export type Readiness = z.infer<typeof Readiness>;

/** What is asked. */
export interface ReadinessOptions {
  readonly dependencies: Readonly<Record<string, Dependency>>;
  /** Answers `stopping` once it aborts. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/**
 * Makes the question "can the next request be served?".
 *
 * Dependencies are asked when somebody asks, all at once, each at most every 2 s, so that a loss shows within some
 * seconds and no number of askers loads a dependency. Since when one is failing is as exact as it was asked in
 * between: see `watchDependencies`, which every process runs.
 */
export function createReadiness(options: ReadinessOptions): () => Promise<Readiness> {
  const { dependencies, signal, clock = systemClock } = options;
  return async () => {
    const entries = await Promise.all(
      Object.entries(dependencies).map(async ([name, dependency]) =>
        [name, await checkDependency(dependency, clock)] as const
      ),
    );
    const failing = entries.some(([, health]) => health.status === "failing");
    const status = signal?.aborted ? "stopping" : failing ? "failing" : "ok";
    return { status, dependencies: Object.fromEntries(entries) };
  };
}
