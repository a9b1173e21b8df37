/** Where to begin: a coarse grid of weights, each with initial states that suit them. */
import { firstState } from "./_direction.ts";
import { clampWeight } from "./_region.ts";
import type { NormalSolver } from "./_normal_solver.ts";
import type { Problem } from "./_problem.ts";
import { startState } from "./_start.ts";

/** A place to begin from. */
export interface Start {
  readonly point: Float64Array;
  readonly objective: number;
}

/** How to look for starts. */
export interface SearchGridOptions {
  /** Optima of smaller models. */
  readonly known: readonly Start[];
  /** Whether every kind of start is compared by initial states of its own, which is worth it with a season. */
  readonly settles: boolean;
}

/**
 * Returns places to begin from, best first: the best point of a coarse grid for each of slow and fast levels, trends
 * and seasons, since the surface often has an optimum among each, and the fit whose states never move.
 *
 * The initial states are those that suit weights of the kind best: what a slow level or season starts from it keeps,
 * so that a careless guess of it would decide the comparison.
 */
export function searchGrid(
  problem: Problem,
  solver: NormalSolver,
  { known, settles }: SearchGridOptions,
): Start[] {
  const { shape, region } = problem;
  const seasonal = shape.seasonal !== "none", trended = shape.trend !== "none";
  const clamp = (value: number, i: number) => clampWeight(region, value, i);
  const axis = (i: number, grid: readonly number[], wanted: boolean) =>
    !wanted ? [0] : region.free[i] ? [...new Set(grid.map((value) => clamp(value, i)))] : [region.lower[i]];
  const levels = axis(
    0,
    seasonal ? [0.03, ...(settles ? [0.1] : []), 0.3, 0.8] : [0.01, 0.06, 0.2, 0.5, 0.9],
    true,
  );
  // Where the optimum without a trend is known, that stands for the trends that hardly move; though with a season a
  // slow level that has one may leave to the season what the level took without.
  const isStill = known.length > 0 && !settles;
  const trends = axis(
    1,
    [...(isStill ? [] : [0.02]), ...(seasonal ? [0.3, 1] : [0.15, 0.5, 1])],
    trended,
  );
  const seasons = axis(2, [0.02, 0.3, 1], seasonal);
  const dampings = !shape.damped ? [1] : axis(3, [1, 0.95, 0.82], true);
  const settledAt = (level: number, trend: number, damping: number): Start => {
    const point = new Float64Array(problem.size);
    point.set(startState(shape, problem.values), firstState);
    point.set([
      clamp(level, 0),
      trended ? clamp(trend, 1) : 0,
      0,
      dampings.length > 1 ? clamp(damping, 3) : dampings[0],
    ]);
    return settle(problem, solver, point);
  };
  const still = settledAt(0, 0, 1);
  const moving = settledAt(0.3, 0.3, 0.95);
  const best: Start[] = [still];
  const point = new Float64Array(problem.size);
  for (const level of levels) {
    point.set(level < slowMax ? still.point : moving.point);
    point[0] = level;
    for (const trend of trends) {
      point[1] = trend;
      for (const season of seasons) {
        point[2] = season;
        for (const damping of dampings) {
          point[3] = damping;
          const objective = problem.evaluate(point);
          const cell = 1 + (damping < fadingMax ? 1 : 0) + 2 * kindOf(point, settles);
          if (best[cell] === undefined || objective < best[cell].objective) {
            best[cell] = { point: point.slice(), objective };
          }
        }
      }
    }
  }
  const starts = Object.values(best);
  if (!settles) return starts.sort(byObjective);
  return starts.map((start) => start === still ? start : settle(problem, solver, start.point)).sort(
    byObjective,
  );
}

/** Moves the states, not the weights, of a point to where the linearised filter fits best, if that is better. */
function settle(problem: Problem, solver: NormalSolver, point: Float64Array): Start {
  const objective = problem.evaluate(point);
  if (!(objective < Infinity)) return { point, objective };
  const gradient = new Float64Array(problem.size), step = new Float64Array(problem.size);
  problem.pull(problem.residuals, gradient);
  solver.prepare(problem.weightsAt(point), 0, "states");
  solver.solve(gradient, [true, true, true, true], step, settleRounds);
  for (let i = 0; i < step.length; i++) step[i] += point[i];
  const settled = problem.evaluate(step);
  return settled < objective ? { point: step, objective: settled } : { point, objective };
}

/** Most rounds of conjugate gradients that settle the states of a start. */
const settleRounds = 2;

/** Orders starts, best first. */
export const byObjective = (first: Start, second: Start) => first.objective - second.objective;

/** How fast level, trend and season follow: of each kind one start should be tried. */
export function kindOf(point: Float64Array, isFine: boolean): number {
  return (point[1] > 0.2 ? 1 : 0) + (point[2] > 0.1 ? 2 : 0) + 4 * paceOf(point[0], isFine);
}

/** A trend damped by less fades at once and explains the first values alone. */
export const fadingMax = 0.9;

/**
 * With a season the surface often has an optimum at several paces, since what the level does not follow the season
 * does. A level that never moves is one of its own where there is time for it.
 */
function paceOf(level: number, isFine: boolean): number {
  const ends = isFine ? [stillMax, slowMax, middleMax] : [slowMax];
  return ends.filter((most) => level >= most).length;
}

/** Up to which level each pace goes. */
const stillMax = 0.01, slowMax = 0.15, middleMax = 0.55;
