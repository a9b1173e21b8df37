/** Fits one model of the taxonomy to a series: a coarse grid of weights, then descents from its best points. */
import { isLinear, needsPositive, type Shape, type Weights } from "./_shape.ts";
import { createTrajectory, type State } from "./_filter.ts";
import { Problem, type Region } from "./_problem.ts";
import { descend, type Effort, fullEffort } from "./_descend.ts";
import { startState } from "./_start.ts";
import { standardise, type Standardised } from "./_standardise.ts";
import { firstState } from "./_linearise.ts";

/** A fit in standardised units. */
export interface Fit {
  readonly shape: Shape;
  readonly weights: Weights;
  /** State before the first value. */
  readonly initial: State;
  /** Sum of squared residuals of the problem, the quantity that was minimised. */
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

/** Effort of a fit that is compared with others before it is trusted. */
export const quickEffort: Effort = { rounds: 6, tolerance: 1e-5, innerRounds: 6 };

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
    createTrajectory(standardised.values.length),
  );
  let best = searchGrid(problem);
  let objective = descend(problem, best, effort).objective;
  for (const start of starts) {
    // A start that is better than the optimum found shows that there is a better one.
    if (!(problem.evaluate(start) < objective * (1 + 1e-9))) continue;
    const point = start.slice();
    const reached = descend(problem, point, effort).objective;
    if (reached < objective) {
      objective = reached;
      best = point;
    }
  }
  if (!(objective < Infinity)) {
    throw new RangeError(`Cannot ${action} as the model must foretell positive values: found none that does`);
  }
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

/** Returns the best point of a coarse grid of weights with rough initial states. */
function searchGrid(problem: Problem): Float64Array {
  const { shape, region } = problem;
  const state = startState(shape, problem.values);
  const point = new Float64Array(problem.size);
  for (let i = firstState; i < point.length; i++) point[i] = state[i - firstState];
  let best = Infinity;
  let chosen: readonly number[] | undefined;
  const clamp = (value: number, i: number) => Math.min(Math.max(value, region.lower[i]), region.upper[i]);
  const axis = (i: number, grid: readonly number[], wanted: boolean) =>
    !wanted ? [0] : region.free[i] ? grid.map((value) => clamp(value, i)) : [region.lower[i]];
  const levels = axis(0, [0.05, 0.2, 0.5, 0.9], true);
  const trends = axis(1, [0.01, 0.15], shape.trend !== "none");
  const seasons = axis(2, [0.02, 0.15, 0.5], shape.seasonal !== "none");
  const damping = shape.damped ? (region.free[3] ? clamp(0.95, 3) : region.lower[3]) : 1;
  for (const level of levels) {
    for (const trend of trends) {
      for (const seasonal of seasons) {
        const weights = [level, trend, seasonal, damping];
        point.set(weights);
        const objective = problem.evaluate(point);
        if (objective < best || chosen === undefined) {
          best = objective;
          chosen = weights;
        }
      }
    }
  }
  point.set(chosen!);
  return point;
}
