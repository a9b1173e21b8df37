/**
 * Gauss–Newton descent within a box: every round linearises the filter exactly, solves the least-squares problem of
 * weights and initial states together by preconditioned conjugate gradients, and keeps to the bounds by pinning a
 * weight that would cross one and solving again.
 */
import type { Problem } from "./_problem.ts";
import { clampWeight, type Region } from "./_region.ts";
import { dot } from "../series/_dot.ts";
import type { NormalSolver } from "./_normal_solver.ts";
import { firstState } from "./_direction.ts";

/** How much work a descent may take. */
export interface Effort {
  /** Most rounds of linearising. */
  readonly rounds: number;
  /** Ends when a round gains less than this share of the sum of squares. */
  readonly tolerance: number;
  /** Most rounds of conjugate gradients in each. */
  readonly innerRounds: number;
  /** Most places to begin from. */
  readonly starts: number;
  /**
   * Whether starts with a season are compared by the initial states that suit each best, rather than by shared ones.
   */
  readonly settles: boolean;
}

/** Effort of a full fit. */
export const fullEffort: Effort = { rounds: 60, tolerance: 1e-7, innerRounds: 40, starts: 4, settles: true };

/** Effort of a fit that is one of many: it reaches an optimum, though with a season not always the best one. */
export const briskEffort: Effort = { ...fullEffort, settles: false };

/** Moves `point` downhill in place and returns its objective; descents of one problem may share a solver. */
export function descend(
  problem: Problem,
  point: Float64Array,
  effort: Effort,
  solver: NormalSolver,
): number {
  const { size, region, residuals } = problem;
  const gradient = new Float64Array(size);
  const step = new Float64Array(size);
  const trial = new Float64Array(size);
  // Below this the residuals are rounding only.
  const floor = problem.observations * 1e-26;
  const pinned = [false, false, false, false];

  let objective = problem.evaluate(point);
  let damping = 1e-4;
  let idle = 0;
  for (let rounds = 0; rounds < effort.rounds && objective > floor && objective < Infinity; rounds++) {
    problem.pull(residuals, gradient);
    pinWeights(region, point, gradient, pinned);
    for (let i = 0; i < firstState; i++) step[i] = 0;
    solver.prepare(problem.weightsAt(point), damping);
    for (let attempt = 0; attempt < 4; attempt++) {
      solver.solve(gradient, pinned, step, effort.innerRounds);
      const crossing = firstCrossing(point, step, region.lower, region.upper, pinned);
      if (crossing < 0) break;
      const bound = step[crossing] < 0 ? region.lower[crossing] : region.upper[crossing];
      step[crossing] = bound - point[crossing];
      pinned[crossing] = true;
    }
    // What the linearised model promises; next to nothing means that this is the optimum.
    if (-dot(gradient, step, size) < 0.05 * effort.tolerance * objective) break;
    let share = 1, better = objective;
    for (let halving = 0; halving < 8; halving++) {
      for (let i = 0; i < size; i++) trial[i] = point[i] + share * step[i];
      for (let i = 0; i < firstState; i++) {
        trial[i] = clampWeight(region, trial[i], i);
      }
      better = problem.evaluate(trial);
      if (better < objective) break;
      share *= halving < 2 ? 0.5 : 0.25;
    }
    if (!(better < objective)) {
      problem.evaluate(point);
      if (damping >= 1) break;
      damping = Math.min(damping * 100, 1);
      continue;
    }
    damping = share === 1 ? damping * 0.1 : Math.min(damping * 10, 1);
    const gain = (objective - better) / objective;
    point.set(trial);
    objective = better;
    // One small gain may be a lucky step along a valley; two in a row are the end of it.
    idle = gain < effort.tolerance ? 2 : gain < effort.tolerance * 20 ? idle + 1 : 0;
    if (idle >= 2) break;
  }
  return objective;
}

/** Marks the weights that are held, or stand at a bound that downhill leads across. */
export function pinWeights(
  { lower, upper, free }: Region,
  point: Float64Array,
  gradient: Float64Array,
  pinned: boolean[],
): void {
  for (let i = 0; i < firstState; i++) {
    const low = point[i] <= lower[i], high = point[i] >= upper[i];
    pinned[i] = !free[i] || (low && gradient[i] >= 0) || (high && gradient[i] <= 0);
  }
}

function firstCrossing(
  point: Float64Array,
  step: Float64Array,
  lower: readonly number[],
  upper: readonly number[],
  pinned: readonly boolean[],
): number {
  let worst = -1, excess = 1e-12;
  for (let i = 0; i < firstState; i++) {
    if (pinned[i]) continue;
    const over = Math.max(lower[i] - point[i] - step[i], point[i] + step[i] - upper[i]);
    if (over > excess) {
      excess = over;
      worst = i;
    }
  }
  return worst;
}
