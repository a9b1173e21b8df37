import type { Signal } from "./signals.ts";

/**
 * The per-second rate of a counter over the `rangeMs` before each time: the increase between the first and last
 * sample of the range, a fall taken as a restart from 0, over the time between them. `NaN` with fewer than two
 * samples.
 */
export function rateOver(
  signal: Signal,
  range: { readonly rangeMs: number; readonly stepMs: number },
): Signal {
  const { rangeMs, stepMs } = range;
  return (timeMs) => {
    let increase = 0;
    let previous = NaN;
    let firstMs = NaN;
    let lastMs = NaN;
    const startMs = Math.floor((timeMs - rangeMs) / stepMs) * stepMs + stepMs;
    for (let t = startMs; t <= timeMs; t += stepMs) {
      const value = signal(t);
      if (Number.isNaN(value)) continue;
      if (Number.isNaN(firstMs)) firstMs = t;
      else increase += value < previous ? value : value - previous;
      previous = value;
      lastMs = t;
    }
    return lastMs > firstMs ? increase / ((lastMs - firstMs) / 1_000) : NaN;
  };
}
