import type { SeenErrorsParts } from "./_near_origins.ts";

/** Error of an origin's forecast at step `k`; a missing value counts as off by as much as the one before it. */
export function errorAt({ steps, actual, starts, means }: SeenErrorsParts, row: number, k: number): number {
  let last = k;
  while (last > 0 && actual[starts[row] + last] !== actual[starts[row] + last]) last--;
  const error = actual[starts[row] + last] - means[row * steps + last];
  return error === error ? error : 0;
}
