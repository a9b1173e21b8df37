/** What a fitted filter says about the next steps: expected values, variances and sample paths. */
import { isLinear, type Shape, type Weights } from "./_shape.ts";
import type { State } from "./_filter.ts";
import type { Generator } from "../random/_generator.ts";
import { quantileSorted } from "../series/_quantile_sorted.ts";

/** Writes the expected value of every step ahead, from `state` at seasonal phase `phase`. O(horizon). */
export function predictMean(
  shape: Shape,
  weights: Weights,
  state: State,
  phase: number,
  out: Float64Array,
): void {
  const { trend, seasonal } = shape;
  const phi = weights.damping;
  let level = state[0], slope = state[1], slot = 2 + phase;
  for (let h = 0; h < out.length; h++) {
    if (trend === "multiplicative") {
      slope = phi === 1 ? slope : Math.pow(slope, phi);
      level *= slope;
    } else if (trend === "additive") {
      slope *= phi;
      level += slope;
    }
    const s = seasonal === "none" ? 0 : state[slot];
    out[h] = seasonal === "multiplicative" ? level * s : level + s;
    if (++slot >= state.length) slot = 2;
  }
}

/**
 * Writes the variance of every step ahead where it has a closed form: linear models, with additive errors
 * (σ²(1 + Σcⱼ²)) and relative ones (the recursion of Hyndman et al. 2008, §6.3). O(horizon).
 *
 * The sums over j of cⱼ² times what is θ j steps before come from their own recursion, which neither loses digits as
 * φ → 1 nor needs the period's matrices: cⱼ is aⱼ = α + β(φ + … + φʲ), and γ more where a season ends.
 *
 * @param variance σ² of the errors, relative ones for multiplicative errors.
 */
export function predictVariance(
  shape: Shape,
  weights: Weights,
  variance: number,
  mean: Float64Array,
  out: Float64Array,
): void {
  const { level: alpha, trend: beta, seasonal: gamma, damping: phi } = weights;
  const isRelative = shape.error === "multiplicative";
  const period = shape.seasonal === "none" ? Infinity : shape.period;
  const theta = new Float64Array(out.length);
  // Sums of θ times aⱼ², aⱼφʲ and φ²ʲ.
  let [squares, products, powers] = [0, 0, 0];
  // Sums over whole seasons of θ times 2aⱼ + γ, and φʲ.
  const [ends, faded] = [theta.slice(), theta.slice()];
  let carried = 0;
  for (let j = 1; j <= shape.period; j++) carried += beta * phi ** j;
  for (let h = 0; h < out.length; h++) {
    let sum = squares;
    if (h >= period) {
      const before = h - period;
      const both = theta[before] + faded[before];
      ends[h] = ends[before] + (2 * alpha + gamma) * theta[before] + 2 * carried * both;
      faded[h] = phi ** period * both;
      sum += gamma * ends[h];
    }
    const square = mean[h] * mean[h];
    theta[h] = isRelative ? square + variance * sum : 1;
    out[h] = isRelative ? (1 + variance) * theta[h] - square : variance * (1 + sum);
    const first = alpha + beta * phi;
    squares += first * first * theta[h] + beta * phi * (2 * products + beta * phi * powers);
    products = phi * (first * theta[h] + products + beta * phi * powers);
    powers = phi * phi * (theta[h] + powers);
  }
}

/** Draws errors as the fitted residuals were, or Gaussian where they are few. */
export interface ErrorSource {
  /** Standardised residuals (mean 0, mean square 1) in rising order; empty means Gaussian. */
  readonly quantiles: Float64Array;
  /** Standard deviation of the errors. */
  readonly deviation: number;
}

/** Draws one path into `out`, moving `state` (a copy of the caller's) along. */
export function drawPath(
  shape: Shape,
  weights: Weights,
  state: State,
  phase: number,
  source: ErrorSource,
  generator: Generator,
  out: Float64Array,
): void {
  const { level: alpha, trend: beta, seasonal: gamma, damping: phi } = weights;
  const { quantiles, deviation } = source;
  const trendFactor = shape.trend === "multiplicative";
  const seasonFactor = shape.seasonal === "multiplicative";
  const seasonal = shape.seasonal !== "none";
  const relative = shape.error === "multiplicative";
  const positive = relative || trendFactor || seasonFactor;
  let l = state[0], b = state[1], slot = 2 + phase;
  for (let h = 0; h < out.length; h++) {
    const s = seasonal ? state[slot] : 0;
    const carried = trendFactor ? Math.pow(b, phi) : phi * b;
    const expected = trendFactor ? l * carried : l + carried;
    const foretold = seasonFactor ? expected * s : expected + s;
    let e = deviation * (quantiles.length === 0 ? generator.normal() : drawError(quantiles, generator));
    // Relative errors of −1 and below would turn a positive series negative.
    if (relative) e = foretold * Math.max(e, -0.99);
    out[h] = foretold + e;
    const v = seasonFactor ? e / s : e;
    b = carried + beta * (trendFactor ? v / l : v);
    l = expected + alpha * v;
    if (seasonal) {
      state[slot] = s + gamma * (seasonFactor ? e / expected : e);
      if (seasonFactor && !(state[slot] > 1e-6)) state[slot] = 1e-6;
      if (++slot === state.length) slot = 2;
    }
    if (positive && !isLinear(shape)) {
      if (!(l > 1e-9)) l = 1e-9;
      if (trendFactor && !(b > 1e-6)) b = 1e-6;
    }
  }
}

/**
 * A value between two neighbouring quantiles, or beyond the last one by about as much as the one before it is away:
 * what ends abruptly, as a share or a delay does, ends so in paths, and a thin tail goes on.
 */
function drawError(quantiles: Float64Array, generator: Generator): number {
  const last = quantiles.length - 1;
  const position = generator.uniform() * quantiles.length - 0.5;
  const below = Math.max(0, Math.min(last - 1, Math.floor(position)));
  const [low, high] = [quantiles[below], quantiles[below + 1]];
  const beyond = -Math.log(1 - generator.uniform());
  if (position < 0) return low - (high - low) * beyond;
  return position > last ? high + (high - low) * beyond : low + (high - low) * (position - below);
}

/** Writes the two quantiles of every step over all paths, interpolated linearly. */
export function takeQuantiles(
  paths: Float64Array[],
  tail: number,
  lower: Float64Array,
  upper: Float64Array,
): void {
  const column = new Float64Array(paths.length);
  for (let h = 0; h < lower.length; h++) {
    for (let p = 0; p < paths.length; p++) column[p] = paths[p][h];
    column.sort();
    lower[h] = quantileSorted(column, tail);
    upper[h] = quantileSorted(column, 1 - tail);
  }
}
