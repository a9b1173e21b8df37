/**
 * The forward pass of every exponential smoothing model, O(n) and without allocation.
 *
 * With T the carried trend (φb, or b^φ where it multiplies), p the level after it (l + T, or l·T) and ŷ the value
 * foretold (p + s, or p·s), the error e = y − ŷ moves the states in the same way for additive and multiplicative
 * errors (the taxonomy writes the latter with ε = e/ŷ, which comes to the same):
 *
 *     v = e, or e/s     l = p + αv
 *     x = v, or v/l₋₁   b = T + βx
 *     z = e, or e/p     s = s + γz
 *
 * A missing observation has no error: the states move as foretold. Models of sums have a loop of
 * their own: written for them, a fit is a quarter to a third faster.
 */
import type { Shape, Weights } from "./_shape.ts";
import { isLinear } from "./_shape.ts";

/** State as one array: level, trend, then the season by phase. */
export type State = Float64Array;

/** What a pass writes per step: the states before the step and the error, 0 where missing. */
export interface Trajectory {
  readonly level: Float64Array;
  readonly trend: Float64Array;
  readonly season: Float64Array;
  readonly error: Float64Array;
  /** For models with factors, what derivatives would otherwise compute again: the carried trend T, p, 1/s and 1/p. */
  readonly carried: Float64Array;
  readonly expected: Float64Array;
  readonly overSeason: Float64Array;
  readonly overExpected: Float64Array;
}

/** Creates the arrays of a trajectory of a shape over `length` steps. */
export function createTrajectory(shape: Shape, length: number): Trajectory {
  const factors = isLinear(shape) ? 0 : length;
  return {
    carried: new Float64Array(factors),
    expected: new Float64Array(factors),
    overSeason: new Float64Array(factors),
    overExpected: new Float64Array(factors),
    level: new Float64Array(length),
    trend: new Float64Array(length),
    season: new Float64Array(length),
    error: new Float64Array(length),
  };
}

/** The neutral state: no level, no trend, no season. */
export function createState(shape: Shape): State {
  const state = new Float64Array(2 + (shape.seasonal === "none" ? 0 : shape.period));
  if (shape.trend === "multiplicative") state[1] = 1;
  if (shape.seasonal === "multiplicative") state.fill(1, 2);
  return state;
}

/**
 * Runs the filter over `values`, moving `state` in place.
 *
 * @param phase Seasonal phase of the first value.
 * @returns The sum of squared errors.
 */
export function runFilter(
  shape: Shape,
  weights: Weights,
  state: State,
  values: ArrayLike<number>,
  phase: number,
  out: Trajectory,
): number {
  if (!isLinear(shape)) return runGeneral(shape, weights, state, values, phase, out);
  return runLinear(weights, state, values, phase, out);
}

function runLinear(
  weights: Weights,
  state: State,
  values: ArrayLike<number>,
  phase: number,
  out: Trajectory,
): number {
  const { level: alpha, trend: beta, seasonal: gamma, damping: phi } = weights;
  const { level, trend, season, error } = out;
  const end = state.length;
  const seasonal = end > 2;
  let l = state[0], b = state[1], squares = 0, slot = 2 + phase;
  for (let t = 0; t < values.length; t++) {
    const s = seasonal ? state[slot] : 0;
    level[t] = l;
    trend[t] = b;
    season[t] = s;
    const carried = phi * b;
    const expected = l + carried;
    let e = values[t] - s - expected;
    if (e !== e) e = 0;
    error[t] = e;
    squares += e * e;
    l = expected + alpha * e;
    b = carried + beta * e;
    if (seasonal) {
      state[slot] = s + gamma * e;
      if (++slot === end) slot = 2;
    }
  }
  state[0] = l;
  state[1] = b;
  return squares;
}

function runGeneral(
  shape: Shape,
  weights: Weights,
  state: State,
  values: ArrayLike<number>,
  phase: number,
  out: Trajectory,
): number {
  const { level: alpha, trend: beta, seasonal: gamma, damping: phi } = weights;
  const { level, trend, season, error, overSeason, overExpected } = out;
  const trendFactor = shape.trend === "multiplicative";
  const seasonFactor = shape.seasonal === "multiplicative";
  const seasonal = shape.seasonal !== "none";
  const end = state.length;
  let l = state[0], b = state[1], squares = 0, slot = 2 + phase;
  for (let t = 0; t < values.length; t++) {
    const s = seasonal ? state[slot] : 0;
    level[t] = l;
    trend[t] = b;
    season[t] = s;
    const carried = trendFactor ? (phi === 1 ? b : Math.pow(b, phi)) : phi * b;
    const expected = trendFactor ? l * carried : l + carried;
    out.carried[t] = carried;
    out.expected[t] = expected;
    let e = values[t] - (seasonFactor ? expected * s : expected + s);
    if (e !== e) e = 0;
    error[t] = e;
    squares += e * e;
    const inverse = seasonFactor ? 1 / s : 1, inverseExpected = seasonFactor ? 1 / expected : 1;
    overSeason[t] = inverse;
    overExpected[t] = inverseExpected;
    const v = e * inverse;
    b = carried + beta * (trendFactor ? v / l : v);
    l = expected + alpha * v;
    if (seasonal) {
      state[slot] = s + gamma * e * inverseExpected;
      if (++slot === end) slot = 2;
    }
  }
  state[0] = l;
  state[1] = b;
  return squares;
}
