/** Standard normal numbers that are the same for ever (a linear congruence, twelve summed). */
export function noise(length: number, seed: number): Float64Array {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  return Float64Array.from({ length }, () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
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
