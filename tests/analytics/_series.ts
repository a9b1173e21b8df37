/** Whole numbers below 2³² that are the same for ever: a linear congruence. */
export function congruence(seed: number): () => number {
  let state = seed >>> 0;
  return () => state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
}

/** Standard normal numbers that are the same for ever (twelve uniform ones, summed). */
export function noise(length: number, seed: number): Float64Array {
  const next = congruence(seed);
  return Float64Array.from({ length }, () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += next() / 2 ** 32;
    return sum;
  });
}

/** A level, a season of `period` steps, and noise. */
export function seasonalSeries(length: number, period: number, seed: number): Float64Array {
  return noise(length, seed).map((error, t) => 100 + 20 * Math.sin(2 * Math.PI * t / period) + 2 * error);
}

/** A random walk. */
export function randomWalk(length: number, seed: number): Float64Array {
  let level = 1000;
  return noise(length, seed).map((step) => level += step);
}
