import type { SeenErrorsParts } from "./_near_origins.ts";

/**
 * Adds the errors of all origins, row by row. A missing value counts as off by as much as the one before it, and
 * before the first one that came as much as that.
 */
export function withErrors(seen: Omit<SeenErrorsParts, "errors">): SeenErrorsParts {
  const { steps, actual, starts, means } = seen;
  const errors = means.map((_, i) => {
    const k = i % steps;
    const offset = starts[(i - k) / steps];
    let error = NaN;
    let last = k;
    while (last > 0 && actual[offset + last] !== actual[offset + last]) last--;
    while (error !== error && last < steps) error = actual[offset + last] - means[i - k + last++];
    return error || 0;
  });
  return { ...seen, errors };
}
