import type { SeenErrorsParts } from "./_near_origins.ts";

/**
 * The share of an error that is left 1, 2, … `steps` steps later, 0 … 1: all of it in a walk, nothing in noise.
 *
 * It is the slope of later errors on earlier ones within the paths that were seen, at distances of powers of two up
 * to half a path, with straight lines between. O(n log steps) of n errors.
 */
export function errorMemory({ steps, errors }: SeenErrorsParts): Float64Array {
  const memory = new Float64Array(steps).fill(1);
  for (let lag = 1; 2 * lag <= steps; lag *= 2) {
    let products = 0;
    let squares = 0;
    errors.forEach((error, i) => {
      if (i % steps < lag) return;
      products += error * errors[i - lag];
      squares += errors[i - lag] ** 2;
    });
    const left = squares > 0 ? Math.max(0, Math.min(1, products / squares)) : 0;
    const before = lag > 1 ? memory[lag / 2 - 1] : left;
    for (let k = lag >> 1; k < lag; k++) memory[k] = before + (left - before) * (2 * (k + 1) / lag - 1);
    memory.fill(left, lag);
  }
  return memory;
}
