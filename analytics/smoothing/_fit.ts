/** Fits one model of the taxonomy to a series: a coarse grid of weights, then descents from its best points. */
import { isLinear, needsPositive, type Shape, type Weights } from "./_shape.ts";
import { createTrajectory, type State } from "./_filter.ts";
import { Problem, type Region } from "./_problem.ts";
import { descend, type Effort, fullEffort } from "./_descend.ts";
import { NormalSolver } from "./_normal_solver.ts";
import { polish } from "./_polish.ts";
import { startState } from "./_start.ts";
import { standardise, type Standardised } from "./_standardise.ts";
import { firstState } from "./_linearise.ts";

/** A fit in standardised units. */
export interface Fit {
  readonly shape: Shape;
  readonly weights: Weights;
  /** State before the first value. */
  readonly initial: State;
  /** Sum of squared residuals of the problem, the quantity that was minimised; infinite if there is no fit. */
  readonly objective: number;
  readonly observations: number;
  readonly origin: number;
  readonly scale: number;
  /** Number of weights that were estimated. */
  readonly estimated: number;
  /** The optimum in search coordinates. */
  readonly point: Float64Array;
  readonly standardised: Standardised;
}

/** Requires that a fit was found at all: there may be no weights for which all predictions are positive. */
export function requireFit(fit: Fit, action: string): Fit {
  if (fit.objective < Infinity) return fit;
  throw new RangeError(
    `Cannot ${action} as the model must foretell positive values: found no weights for which it does`,
  );
}

/** Effort of a fit that is compared with others before it is trusted. */
export const quickEffort: Effort = { rounds: 6, tolerance: 1e-5, innerRounds: 6, starts: 1 };

/** What a fit may be told. */
export interface FitShapeOptions {
  readonly region: Region;
  readonly effort?: Effort;
  readonly action: string;
  /** Other places to begin from, such as the optimum of a smaller model. */
  readonly starts?: readonly Float64Array[];
  /** The series in standardised units, where the caller has it already. */
  readonly standardised?: Standardised;
}

/** Standardises as the shape needs it. */
export function standardiseFor(shape: Shape, values: ArrayLike<number>, action: string): Standardised {
  return standardise(values, isLinear(shape) && !needsPositive(shape), action);
}

/** Fits one shape. O(n) per pass, some hundred passes. */
export function fitShape(values: ArrayLike<number>, shape: Shape, options: FitShapeOptions): Fit {
  const { region, effort = fullEffort, action, starts = [] } = options;
  const standardised = options.standardised ?? standardiseFor(shape, values, action);
  const problem = new Problem(
    shape,
    standardised.values,
    standardised.observations,
    region,
    createTrajectory(shape, standardised.values.length),
  );
  const { point: best, objective } = race(problem, starts, effort);
  return {
    shape,
    weights: problem.weightsAt(best),
    initial: best.slice(firstState),
    objective,
    observations: standardised.observations,
    origin: standardised.origin,
    scale: standardised.scale,
    estimated: region.free.filter((free) => free).length,
    point: best,
    standardised,
  };
}

/** The fit at the very optimum: what wins a comparison is worth it, what takes part in one is not. */
export function polishFit(fit: Fit, region: Region): Fit {
  const { shape, standardised: { values, observations } } = fit;
  const problem = new Problem(shape, values, observations, region);
  const point = fit.point.slice();
  const objective = polish(problem, point);
  return { ...fit, objective, point, weights: problem.weightsAt(point), initial: point.slice(firstState) };
}

/** A place to begin from. */
interface Start {
  readonly point: Float64Array;
  readonly objective: number;
}

/**
 * Returns places to begin from, best first: the best point of a coarse grid for each of slow and fast trends and
 * seasons, since the surface often has an optimum among each.
 */
function searchGrid(problem: Problem): Start[] {
  const { shape, region } = problem;
  const state = startState(shape, problem.values);
  const point = new Float64Array(problem.size);
  for (let i = firstState; i < point.length; i++) point[i] = state[i - firstState];
  const clamp = (value: number, i: number) => Math.min(Math.max(value, region.lower[i]), region.upper[i]);
  const axis = (i: number, grid: readonly number[], wanted: boolean) =>
    !wanted ? [0] : region.free[i] ? [...new Set(grid.map((value) => clamp(value, i)))] : [region.lower[i]];
  const seasonal = shape.seasonal !== "none", trended = shape.trend !== "none";
  const levels = axis(0, seasonal ? [0.05, 0.3, 0.8] : [0.01, 0.06, 0.2, 0.5, 0.9], true);
  const trends = axis(1, seasonal ? [0.02, 0.3] : [0.01, 0.15, 0.5, 1], trended);
  const seasons = axis(2, [0.02, 0.15, 0.6], seasonal);
  const dampings = !shape.damped ? [1] : axis(3, [0.95, 0.82], true);
  const best: Start[] = [];
  for (const level of levels) {
    for (const trend of trends) {
      for (const season of seasons) {
        for (const damping of dampings) {
          point[0] = level;
          point[1] = trend;
          point[2] = season;
          point[3] = damping;
          const objective = problem.evaluate(point);
          const cell = (trend > 0.2 ? 1 : 0) + (season > 0.1 ? 2 : 0) + (damping < 0.9 ? 4 : 0) +
            (isSlow(point) ? 8 : 0);
          if (best[cell] === undefined || objective < best[cell].objective) {
            best[cell] = { point: point.slice(), objective };
          }
        }
      }
    }
  }
  return Object.values(best).sort(byObjective);
}

/**
 * A few rounds from the best starts, then those that are still in sight of the best, each to its end. The result is
 * never worse than any start given.
 */
function race(problem: Problem, given: readonly Float64Array[], effort: Effort): Start {
  const solver = new NormalSolver(problem);
  const run = (starts: readonly Start[], effort: Effort): Start[] =>
    starts.map(({ point }) => ({ point, objective: descend(problem, point, effort, solver).objective })).sort(
      byObjective,
    );
  const known = given.map((point) => ({ point: point.slice(), objective: problem.evaluate(point) })).sort(
    byObjective,
  );
  const grid = searchGrid(problem);
  if (effort.starts === 1) return run(known.length > 0 ? known.slice(0, 1) : grid.slice(0, 1), effort)[0];

  const { damped, seasonal } = problem.shape;
  // Without a season a descent is cheap, and more kinds of start have their turn.
  const count = known.length === 0 ? effort.starts : seasonal === "none" ? 2 : 1;
  const fresh = grid.slice(0, count).filter(({ objective }) => !(objective > hopeless * grid[0].objective));
  // Beside the optimum of a smaller model: the best start whose level is of the other kind, and, where the trend is
  // damped, one that fades at once and explains the first values alone.
  const [first] = known.length === 0 ? fresh : known;
  const other = grid.find(({ point, objective }) =>
    isSlow(point) !== isSlow(first.point) && !(objective > hopeless * grid[0].objective)
  );
  const fading = grid.find(({ point }) => damped && point[3] < 0.9);
  for (const start of [other, fading]) if (start !== undefined && !fresh.includes(start)) fresh.push(start);
  let field: Start[] = [...known.slice(0, damped ? 2 : 1), ...fresh];
  for (const { rounds, sight } of heats) {
    if (field.length === 1) break;
    const reached = run(field, { ...effort, rounds, innerRounds: 6, tolerance: heatTolerance });
    field = [];
    for (const start of reached) {
      const near = field.some(({ point }) => isNear(problem, point, start.point));
      if (!near && !(start.objective > reached[0].objective * sight)) field.push(start);
    }
  }
  const [best] = run(field, effort);
  const floor =
    given.map((point) => ({ point: point.slice(), objective: problem.evaluate(point) })).sort(byObjective)[0];
  return floor !== undefined && floor.objective < best.objective ? run([floor], effort)[0] : best;
}

/** Rounds of each heat, and the share of its best objective within which a start stays in the race. */
const heats = [{ rounds: 2, sight: 1.1 }, { rounds: 2, sight: 1.04 }] as const;

/** How many times worse than the grid's best a start is not worth a heat. */
const hopeless = 1.3;

/** Gain below which a start needs no more rounds of a heat, and the difference in weights that tells two apart. */
const heatTolerance = 1e-4, apart = 0.04;

const byObjective = (first: Start, second: Start) => first.objective - second.objective;

/** Whether the level follows slowly; with a season the surface often has an optimum on either side. */
function isSlow(point: Float64Array): boolean {
  return point[0] < 0.15;
}

/** Compared in search coordinates: with a slow level, a trend that takes all of its moves and none are far apart. */
function isNear({ shape, region }: Problem, first: Float64Array, second: Float64Array): boolean {
  const { trend, damped, seasonal } = shape;
  const counts = [true, trend !== "none", seasonal !== "none", damped];
  for (let i = 0; i < firstState; i++) {
    if (counts[i] && region.free[i] && Math.abs(first[i] - second[i]) > apart) return false;
  }
  return true;
}
