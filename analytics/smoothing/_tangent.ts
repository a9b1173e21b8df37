/**
 * The filter linearised around a trajectory, forwards: a direction in weights and initial states gives the exact
 * change of every error, for the cost of about one filter pass, whatever the period.
 *
 * Models of sums have a recursion of their own: written for them, a fit is a quarter to a third faster.
 */
import type { Trajectory } from "./_filter.ts";
import { firstSeason } from "./_direction.ts";
import { isLinear, type Shape, type Weights } from "./_shape.ts";

/**
 * Writes the change of every error along `direction`, 0 where missing; `ring` is scratch with a place for each phase
 * of the season, or one place.
 */
export function runTangent(
  shape: Shape,
  weights: Weights,
  values: ArrayLike<number>,
  path: Trajectory,
  direction: Float64Array,
  ring: Float64Array,
  out: Float64Array,
): void {
  ring[0] = 0;
  ring.set(direction.subarray(firstSeason));
  if (isLinear(shape)) tangentLinear(weights, values, path, direction, ring, out);
  else tangentGeneral(shape, weights, values, path, direction, ring, out);
}

function tangentLinear(
  weights: Weights,
  values: ArrayLike<number>,
  path: Trajectory,
  direction: Float64Array,
  ring: Float64Array,
  out: Float64Array,
): void {
  const { level: alpha, trend: beta, seasonal: gamma, damping: phi } = weights;
  const { trend, error } = path;
  const dAlpha = direction[0], dBeta = direction[1], dGamma = direction[2], dPhi = direction[3];
  // Written in the foretold level p = l + φb and trend c = φb, so that one step waits for two operations of the last.
  const lean = alpha + phi * beta;
  let c = phi * direction[5] + dPhi * trend[0];
  let p = direction[4] + c, slot = 0;
  for (let t = 0; t < values.length; t++) {
    const e = error[t];
    const s = ring[slot];
    const foretold = p + s;
    const change = values[t] !== values[t] ? 0 : foretold;
    out[t] = -change;
    // The trend of the step after, φb, feels a change of φ by the trend it carries then.
    const next = t + 1 < values.length ? trend[t + 1] : 0;
    const pushed = phi * dBeta * e + dPhi * next;
    p = p + phi * c + (dAlpha * e + pushed) - lean * change;
    c = phi * c + pushed - phi * beta * change;
    // Without a season γ and dγ are 0 and the one slot stays 0.
    ring[slot] = s - gamma * change + dGamma * e;
    if (++slot === ring.length) slot = 0;
  }
}

function tangentGeneral(
  shape: Shape,
  weights: Weights,
  values: ArrayLike<number>,
  path: Trajectory,
  direction: Float64Array,
  ring: Float64Array,
  out: Float64Array,
): void {
  const { level: alpha, trend: beta, seasonal: gamma, damping: phi } = weights;
  const { level, trend, season, error, carried, expected, overSeason, overExpected } = path;
  const dAlpha = direction[0], dBeta = direction[1], dGamma = direction[2], dPhi = direction[3];
  const trendFactor = shape.trend === "multiplicative";
  const seasonFactor = shape.seasonal === "multiplicative";
  let dl = direction[4], db = direction[5], slot = 0;
  for (let t = 0; t < values.length; t++) {
    const e = error[t], b = trend[t], ds = ring[slot];
    const bySeason = overSeason[t], byExpected = overExpected[t];
    let dCarried: number, dExpected: number;
    if (trendFactor) {
      dCarried = carried[t] * (phi / b * db + (dPhi === 0 ? 0 : Math.log(b) * dPhi));
      dExpected = dl * carried[t] + level[t] * dCarried;
    } else {
      dCarried = phi * db + b * dPhi;
      dExpected = dl + dCarried;
    }
    const foretold = seasonFactor ? dExpected * season[t] + expected[t] * ds : dExpected + ds;
    const de = values[t] !== values[t] ? 0 : -foretold;
    out[t] = de;
    const v = e * bySeason, z = e * byExpected;
    const dv = seasonFactor ? (de - v * ds) * bySeason : de;
    const dz = seasonFactor ? (de - z * dExpected) * byExpected : de;
    if (trendFactor) {
      const x = v / level[t];
      db = dCarried + beta * (dv - x * dl) / level[t] + dBeta * x;
    } else {
      db = dCarried + beta * dv + dBeta * v;
    }
    dl = dExpected + alpha * dv + dAlpha * v;
    ring[slot] = ds + gamma * dz + dGamma * z;
    if (++slot === ring.length) slot = 0;
  }
}
