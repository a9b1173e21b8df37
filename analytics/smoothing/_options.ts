/** Checks shared by the fits of this folder. */
import {
  refuse,
  requireBoolean,
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requireObservations,
  requireOneOf,
  requirePositiveValues,
} from "../_require.ts";
import type { SmoothingParameters } from "../smoothing_model.ts";
import { countStates, countWeights, needsPositive, type Shape } from "./_shape.ts";

const components = ["none", "additive", "multiplicative"] as const;

/** What smoothing parameters there are. */
export const weightNames = ["level", "trend", "seasonal", "damping"] as const;

/** Longest season that is fitted: a week of minutes. */
const periodMax = 10_080;

/** Requires the options that make a shape, and returns it. */
export function requireShape(
  shape: { error?: unknown; trend?: unknown; damped?: unknown; seasonal?: unknown; period?: unknown },
  action: string,
): Shape {
  const { error = "additive", trend = "none", damped = false, seasonal = "none", period } = shape;
  requireOneOf(error, "error", ["additive", "multiplicative"], action);
  requireOneOf(trend, "trend", components, action);
  requireOneOf(seasonal, "seasonal", components, action);
  requireBoolean(damped, "damped", action);
  if (damped && trend === "none") {
    throw new RangeError(`Cannot ${action} as "damped" needs a trend: found trend "none"`);
  }
  if (seasonal === "none") {
    if (period !== undefined) requirePeriod(period, 1, action);
    return { error, trend, damped, seasonal, period: 1 };
  }
  requirePeriod(period, 2, action);
  return { error, trend, damped, seasonal, period };
}

/** Requires a period in steps. */
export function requirePeriod(period: unknown, minimum: number, action: string): asserts period is number {
  if (period === undefined) {
    throw new TypeError(`Cannot ${action} as a season needs its "period": found none`);
  }
  requireInteger(period as number, "period", { minimum, maximum: periodMax }, action);
}

/** Requires enough values of the right kind for a shape. */
export function requireSeries(
  values: ArrayLike<number>,
  shape: Shape,
  estimated: number,
  action: string,
): void {
  // One degree of freedom must be left for the variance.
  requireObservations(values, countStates(shape) + estimated + 1, action);
  if (shape.seasonal !== "none" && values.length < 2 * shape.period) {
    throw new RangeError(
      `Cannot ${action} as two whole periods of ${shape.period} are needed: found ${values.length} values`,
    );
  }
  if (needsPositive(shape)) {
    requirePositiveValues(values, "relative errors and factors need positive values", action);
  }
}

/** Requires given weights to be within [0, 1] and to belong to a component of the shape. */
export function requireSmoothing(
  smoothing: Partial<SmoothingParameters>,
  shape: Shape,
  action: string,
): Partial<SmoothingParameters> {
  requireKnownOptions(smoothing, weightNames, action);
  const owners = {
    level: true,
    trend: shape.trend !== "none",
    seasonal: shape.seasonal !== "none",
    damping: shape.damped,
  };
  for (const name of weightNames) {
    const weight = smoothing[name];
    if (weight === undefined) continue;
    requireNumber(weight, `smoothing.${name}`, action);
    if (!(weight >= 0 && weight <= 1)) refuse(weight, `smoothing.${name}`, "between 0 and 1", action);
    if (!owners[name]) {
      throw new RangeError(`Cannot ${action} as "smoothing.${name}" needs its component: the model has none`);
    }
  }
  return smoothing;
}

/** Number of weights that remain to be estimated. */
export function countEstimated(shape: Shape, smoothing: Partial<SmoothingParameters>): number {
  return countWeights(shape) - Object.values(smoothing).filter((weight) => weight !== undefined).length;
}
