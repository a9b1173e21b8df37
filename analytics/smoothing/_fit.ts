/** Fits one model of the taxonomy to a series: a coarse grid of weights, then descents from its best points. */
import { isLinear, needsPositive, type Shape, type Weights } from "./_shape.ts";
import type { State } from "./_filter.ts";
import { Problem } from "./_problem.ts";
import type { Region } from "./_region.ts";
import { type Effort, fullEffort } from "./_descend.ts";
import { polish } from "./_polish.ts";
import { race } from "./_race.ts";
import { standardise, type Standardised } from "./_standardise.ts";
import { firstState } from "./_direction.ts";

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

/** Effort of a fit that is compared with others before it is trusted. */
export const quickEffort: Effort = { rounds: 6, tolerance: 1e-5, innerRounds: 6, starts: 1, settles: false };

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
  const problem = new Problem(shape, standardised.values, standardised.observations, region);
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
