import { stirling } from "./_stirling.ts";

/**
 * P(F > statistic) for Fisher's F with `numerator` and `denominator` degrees of freedom, which need not be whole.
 *
 * The regularised incomplete beta function by its continued fraction (modified Lentz), at most 500 terms.
 */
export function fisherSurvival(statistic: number, numerator: number, denominator: number): number {
  if (!(statistic > 0)) return 1;
  const x = denominator / (denominator + numerator * statistic);
  const a = denominator / 2;
  const b = numerator / 2;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  const p = x < (a + 1) / (a + b + 2)
    ? front * betaFraction(x, a, b) / a
    : 1 - front * betaFraction(1 - x, b, a) / b;
  return Math.min(1, Math.max(0, p));
}

/** A standard normal score of about the same tail (Paulson 1942): a cheap way to rank statistics. */
export function fisherScore(statistic: number, numerator: number, denominator: number): number {
  const root = Math.cbrt(Math.max(0, statistic));
  const above = 2 / (9 * denominator);
  const below = 2 / (9 * numerator);
  return ((1 - above) * root - (1 - below)) / Math.sqrt(above * root * root + below);
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const guard = (value: number) => Math.abs(value) < tiny ? tiny : value;
  let c = 1;
  let d = 1 / guard(1 - (a + b) * x / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    fraction *= d * c;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return fraction;
}

/** ln Γ(x) for x > 0 by Stirling's series, after shifting small x up. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) shift += Math.log(z++);
  return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + stirling(z) - shift;
}
