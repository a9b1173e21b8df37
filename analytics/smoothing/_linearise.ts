/**
 * Exact derivatives of the filter by its two linearised passes around a trajectory: forwards (tangent: a direction in
 * weights and initial states gives the change of every error) and backwards (adjoint: a weight per error
 * gives the gradient by all weights and initial states at once). Each costs about one filter pass, whatever the period.
 *
 * A direction is one array: α, β, γ, φ, level, trend, then the season by phase.
 */
import type { Shape, Weights } from "./_shape.ts";
import { isLinear } from "./_shape.ts";
import type { Trajectory } from "./_filter.ts";

/** Where the initial states begin within a direction. */
export const firstState = 4;
/** Where the season begins within a direction. */
export const firstSeason = 6;

/** Writes the change of every error along `direction`, 0 where missing; `ring` is scratch of one period. */
export function runTangent(
  shape: Shape,
  weights: Weights,
  values: ArrayLike<number>,
  path: Trajectory,
  direction: Float64Array,
  ring: Float64Array,
  out: Float64Array,
): void {
  if (!isLinear(shape)) return tangentGeneral(shape, weights, values, path, direction, ring, out);
  const { level: alpha, trend: beta, seasonal: gamma, damping: phi } = weights;
  const { trend, error } = path;
  const dAlpha = direction[0], dBeta = direction[1], dGamma = direction[2], dPhi = direction[3];
  const period = direction.length - firstSeason;
  for (let j = 0; j < period; j++) ring[j] = direction[firstSeason + j];
  if (period === 0) ring[0] = 0;
  const last = Math.max(period, 1);
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
    if (++slot === last) slot = 0;
  }
}

/** Adds up into `gradient` (cleared first) the derivatives of Σ pull·error; `ring` is scratch of one period. */
export function runAdjoint(
  shape: Shape,
  weights: Weights,
  values: ArrayLike<number>,
  path: Trajectory,
  pull: Float64Array,
  ring: Float64Array,
  gradient: Float64Array,
): void {
  if (!isLinear(shape)) return adjointGeneral(shape, weights, values, path, pull, ring, gradient);
  const { level: alpha, trend: beta, seasonal: gamma, damping: phi } = weights;
  const { trend, error } = path;
  const period = gradient.length - firstSeason;
  const last = Math.max(period, 1);
  ring.fill(0);
  const lean = alpha + beta * phi;
  let byAlpha = 0, byBeta = 0, byGamma = 0, byPhi = 0, l = 0, b = 0, drag = 0;
  let slot = (values.length - 1) % last;
  for (let t = values.length - 1; t >= 0; t--) {
    const e = error[t];
    const s = ring[slot];
    byAlpha += e * l;
    byBeta += e * b;
    byGamma += e * s;
    const foretold = values[t] !== values[t] ? 0 : -pull[t] - gamma * s - drag;
    // What αl + βb will be is carried along: a step then waits for three operations of the last.
    drag = (alpha * l + beta * phi * (b + l)) + lean * foretold;
    const expected = l + foretold;
    const carried = b + expected;
    byPhi += trend[t] * carried;
    l = expected;
    b = phi * carried;
    ring[slot] = s + foretold;
    if (--slot < 0) slot = last - 1;
  }
  gradient[0] = byAlpha;
  gradient[1] = byBeta;
  gradient[2] = byGamma;
  gradient[3] = byPhi;
  gradient[4] = l;
  gradient[5] = b;
  for (let j = 0; j < period; j++) gradient[firstSeason + j] = ring[j];
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
  const period = direction.length - firstSeason;
  for (let j = 0; j < period; j++) ring[j] = direction[firstSeason + j];
  if (period === 0) ring[0] = 0;
  const last = Math.max(period, 1);
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
    if (++slot === last) slot = 0;
  }
}

function adjointGeneral(
  shape: Shape,
  weights: Weights,
  values: ArrayLike<number>,
  path: Trajectory,
  pull: Float64Array,
  ring: Float64Array,
  gradient: Float64Array,
): void {
  const { level: alpha, trend: beta, seasonal: gamma, damping: phi } = weights;
  const { level, trend, season, error, carried, expected, overSeason, overExpected } = path;
  const trendFactor = shape.trend === "multiplicative";
  const seasonFactor = shape.seasonal === "multiplicative";
  const damped = shape.damped;
  const period = gradient.length - firstSeason;
  const last = Math.max(period, 1);
  ring.fill(0);
  let gl = 0, gb = 0, byAlpha = 0, byBeta = 0, byGamma = 0, byPhi = 0;
  let slot = (values.length - 1) % last;
  for (let t = values.length - 1; t >= 0; t--) {
    const e = error[t], b = trend[t];
    const bySeason = overSeason[t], byExpected = overExpected[t];
    const v = e * bySeason, z = e * byExpected;
    let gs = ring[slot];
    byAlpha += v * gl;
    byGamma += z * gs;
    // Each line reverses one of the tangent's, last first.
    let gExpected = gl, gCarried = gb, gv = alpha * gl, gLevel = 0;
    if (trendFactor) {
      const x = v / level[t];
      const gx = beta * gb / level[t];
      byBeta += x * gb;
      gv += gx;
      gLevel = -gx * x;
    } else {
      byBeta += v * gb;
      gv += beta * gb;
    }
    let ge = gamma * gs * byExpected;
    if (seasonFactor) {
      gExpected -= ge * z;
      const reach = gv * bySeason;
      ge += reach;
      gs -= reach * v;
    } else {
      ge += gv;
    }
    const foretold = values[t] !== values[t] ? 0 : -pull[t] - ge;
    if (seasonFactor) {
      gExpected += foretold * season[t];
      gs += foretold * expected[t];
    } else {
      gExpected += foretold;
      gs += foretold;
    }
    if (trendFactor) {
      gLevel += gExpected * carried[t];
      gCarried += gExpected * level[t];
      gb = gCarried * carried[t] * phi / b;
      if (damped) byPhi += gCarried * carried[t] * Math.log(b);
    } else {
      gLevel += gExpected;
      gCarried += gExpected;
      gb = gCarried * phi;
      byPhi += gCarried * b;
    }
    gl = gLevel;
    ring[slot] = gs;
    if (--slot < 0) slot = last - 1;
  }
  gradient[0] = byAlpha;
  gradient[1] = byBeta;
  gradient[2] = byGamma;
  gradient[3] = byPhi;
  gradient[4] = gl;
  gradient[5] = gb;
  for (let j = 0; j < period; j++) gradient[firstSeason + j] = ring[j];
}
