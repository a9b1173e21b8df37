import type { SeenErrorsParts } from "./_near_origins.ts";

/**
 * Error of an origin's forecast at step `k`. A missing value counts as off by as much as the one before it, and before
 * the first one that came as much as that.
 */
export function errorAt({ steps, actual, starts, means }: SeenErrorsParts, row: number, k: number): number {
  let error = NaN;
  let last = k;
  while (last > 0 && actual[starts[row] + last] !== actual[starts[row] + last]) last--;
  while (error !== error && last < steps) error = actual[starts[row] + last] - means[row * steps + last++];
  return error || 0;
}

/** The errors of all origins, row by row. */
export function errorsOf(parts: SeenErrorsParts): Float64Array {
  const { steps, means } = parts;
  return means.map((_, i) => errorAt(parts, Math.floor(i / steps), i % steps));
}
