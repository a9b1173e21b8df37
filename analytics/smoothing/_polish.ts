/**
 * Carries an optimum to the last digits. Gauss–Newton leaves out how the residuals themselves curve, so that near the
 * end each round gains about as many digits as the last. Here the differences of the gradient between rounds make up
 * for it (BFGS, with Gauss–Newton in place of the first guess of the curvature): few weights curve, so a few
 * differences know all of it.
 */
import type { Problem } from "./_problem.ts";
import { pinWeights } from "./_descend.ts";
import { dot } from "../series/_dot.ts";
import { NormalSolver } from "./_normal_solver.ts";
import { firstState } from "./_direction.ts";
import { clampWeight } from "./_region.ts";

/** Most rounds, most differences of the gradient that are kept, and most rounds of conjugate gradients in each. */
const roundsMax = 20, pairsMax = 8, innerRoundsMax = 40;

/** Rounds in a row that do not halve what a step promises, after which no more is to be had. */
const idleMax = 3;

/**
 * Share of the sum of squares that a step promises when it is at the end: predictions then move by some 1e-11 of the
 * residuals.
 */
const enough = 1e-22;

/** A step with the change of the gradient along it. */
interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** Their product, the curvature seen. */
  readonly curvature: number;
}

/** Moves `point`, which a descent has left near its end, to the optimum in place. */
export function polish(problem: Problem, point: Float64Array): number {
  const { size, residuals, region, observations } = problem;
  let objective = problem.evaluate(point);
  // Rounding only, or no fit at all.
  if (!(objective > observations * 1e-26) || objective === Infinity) return objective;
  const solver = new NormalSolver(problem);
  const gradient = new Float64Array(size), next = new Float64Array(size);
  const step = new Float64Array(size), trial = new Float64Array(size);
  const pinned = [false, false, false, false];
  let pairs: Pair[] = [];
  let signature = "", promised = Infinity, gain = 0, idle = 0;
  problem.pull(residuals, gradient);
  solver.prepare(problem.weightsAt(point), 0);
  for (let round = 0; round < roundsMax && idle < idleMax; round++) {
    const directAnew = () => {
      pinWeights(region, point, gradient, pinned);
      return directWithin(problem, point, () => direct(solver, gradient, pinned, pairs, step), step, pinned);
    };
    let share = directAnew();
    // Differences seen along other weights say little about these.
    if (signature !== (signature = pinned.join()) && pairs.length > 0) {
      pairs = [];
      share = directAnew();
    }
    const promise = -dot(gradient, step, size);
    if (!(promise > enough * objective)) break;
    idle = promise < 0.5 * promised || gain > 1e-9 ? 0 : idle + 1;
    gain = 0;
    promised = Math.min(promise, promised);

    for (let i = 0; i < size; i++) trial[i] = point[i] + share * step[i];
    for (let i = 0; i < firstState; i++) {
      trial[i] = pinned[i] ? point[i] : clampWeight(region, trial[i], i);
    }
    const reached = problem.evaluate(trial);
    if (!(reached < Infinity)) break;
    problem.pull(residuals, next);
    const moved = new Float64Array(size), change = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      moved[i] = trial[i] - point[i];
      change[i] = i < firstState && pinned[i] ? 0 : next[i] - gradient[i];
    }
    const curvature = dot(moved, change, size);
    if (curvature > 0) pairs.push({ step: moved, change, curvature });
    if (pairs.length > pairsMax) pairs.shift();
    // A step too far has still told how the gradient changes. At the end sums of squares differ by rounding alone.
    if (reached > objective * (1 + 1e-12)) continue;
    gain = 1 - reached / objective;
    objective = reached;
    gradient.set(next);
    point.set(trial);
  }
  return objective;
}

/**
 * Directs a step that stays in the box: a weight at its bound that would leave is pinned and the rest directed anew.
 *
 * @returns The share of the step at which the first weight arrives at its bound, or 1.
 */
function directWithin(
  { region: { lower, upper } }: Problem,
  point: Float64Array,
  directStep: () => void,
  step: Float64Array,
  pinned: boolean[],
): number {
  for (;;) {
    directStep();
    let share = 1, leaves = false;
    for (let i = 0; i < firstState; i++) {
      if (pinned[i] || step[i] === 0) continue;
      const room = step[i] < 0 ? lower[i] - point[i] : upper[i] - point[i];
      // Against rounding: what stands next to a bound stands at it.
      if (Math.abs(room) < 1e-14) leaves = pinned[i] = true;
      else share = Math.min(share, room / step[i]);
    }
    if (!leaves) return share;
  }
}

/** Writes the step of BFGS whose first curvature is that of Gauss–Newton (Nocedal's two loops). */
function direct(
  solver: NormalSolver,
  gradient: Float64Array,
  pinned: readonly boolean[],
  pairs: readonly Pair[],
  step: Float64Array,
): void {
  const rest = gradient.slice();
  const shares = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { step: moved, change, curvature } = pairs[k];
    shares[k] = dot(moved, rest) / curvature;
    for (let i = 0; i < rest.length; i++) rest[i] -= shares[k] * change[i];
  }
  for (let i = 0; i < firstState; i++) step[i] = 0;
  solver.solve(rest, pinned, step, innerRoundsMax);
  // `step` points downhill: minus the product with the inverse.
  for (let k = 0; k < pairs.length; k++) {
    const { step: moved, change, curvature } = pairs[k];
    const share = -shares[k] - dot(change, step) / curvature;
    for (let i = 0; i < step.length; i++) step[i] += share * moved[i];
  }
}
