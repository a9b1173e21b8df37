import type { SeenErrorsParts } from "./_near_origins.ts";

/**
 * Error of an origin's forecast at step `k`. A missing value counts as off by as much as the one before it, and before
 * the first one that came as much as that.
 */
export function errorAt({ steps, actual, starts, means }: SeenErrorsParts, row: number, k: number): number {
  const at = (step: number): number => actual[starts[row] + step] - means[row * steps + step];
  for (let step = k; step >= 0; step--) if (at(step) === at(step)) return at(step);
  for (let step = k + 1; step < steps; step++) if (at(step) === at(step)) return at(step);
  return 0;
}
