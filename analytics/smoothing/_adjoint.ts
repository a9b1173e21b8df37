/**
 * The filter linearised around a trajectory, backwards: a weight per error gives the gradient by all weights and
 * initial states at once, exactly and for the cost of about one filter pass, whatever the period.
 *
 * Models of sums have a recursion of their own: written for them, a fit is a quarter to a third faster.
 */
import type { Trajectory } from "./_filter.ts";
import { firstSeason } from "./_direction.ts";
import { isLinear, type Shape, type Weights } from "./_shape.ts";

/**
 * Adds up into `gradient` (cleared first) the derivatives of Σ pull·error; `ring` is scratch with a place for each
 * phase of the season, or one place.
 */
export function runAdjoint(
  shape: Shape,
  weights: Weights,
  values: ArrayLike<number>,
  path: Trajectory,
  pull: Float64Array,
  ring: Float64Array,
  gradient: Float64Array,
): void {
  ring.fill(0);
  gradient.set(
    isLinear(shape)
      ? adjointLinear(weights, values, path, pull, ring)
      : adjointGeneral(shape, weights, values, path, pull, ring),
  );
  gradient.set(ring.subarray(0, gradient.length - firstSeason), firstSeason);
}

/** The derivatives by the weights, level and trend; those by the season are left in `ring`. */
function adjointLinear(
  weights: Weights,
  values: ArrayLike<number>,
  path: Trajectory,
  pull: Float64Array,
  ring: Float64Array,
): number[] {
  const { level: alpha, trend: beta, seasonal: gamma, damping: phi } = weights;
  const { trend, error } = path;
  const lean = alpha + beta * phi;
  let byAlpha = 0, byBeta = 0, byGamma = 0, byPhi = 0, l = 0, b = 0, drag = 0;
  let slot = (values.length - 1) % ring.length;
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
    if (--slot < 0) slot = ring.length - 1;
  }
  return [byAlpha, byBeta, byGamma, byPhi, l, b];
}

function adjointGeneral(
  shape: Shape,
  weights: Weights,
  values: ArrayLike<number>,
  path: Trajectory,
  pull: Float64Array,
  ring: Float64Array,
): number[] {
  const { level: alpha, trend: beta, seasonal: gamma, damping: phi } = weights;
  const { level, trend, season, error, carried, expected, overSeason, overExpected } = path;
  const trendFactor = shape.trend === "multiplicative";
  const seasonFactor = shape.seasonal === "multiplicative";
  const damped = shape.damped;
  let gl = 0, gb = 0, byAlpha = 0, byBeta = 0, byGamma = 0, byPhi = 0;
  let slot = (values.length - 1) % ring.length;
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
    if (--slot < 0) slot = ring.length - 1;
  }
  return [byAlpha, byBeta, byGamma, byPhi, gl, gb];
}
