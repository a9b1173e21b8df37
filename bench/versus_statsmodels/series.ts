import { createGenerator } from "../../analytics/random/_generator.ts";

/**
 * The series both sides run on: level, slow drift, a season with one harmonic, and an autoregression of 0.7.
 *
 * @param n Number of values.
 * @param period Values per season.
 */
export function metricLike(n: number, period: number): Float64Array {
  const { normal } = createGenerator(n + period);
  let remembered = 0;
  return Float64Array.from({ length: n }, (_, t) => {
    remembered = 0.7 * remembered + normal();
    const season = 10 * Math.sin(2 * Math.PI * t / period) + 3 * Math.sin(4 * Math.PI * t / period + 0.3);
    return 100 + 0.002 * t + season + remembered;
  });
}
