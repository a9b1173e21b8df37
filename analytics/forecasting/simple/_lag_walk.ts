import {
  requireFraction,
  requireInteger,
  requireKnownOptions,
  requireObservations,
  requireSquarable,
} from "../../_require.ts";
import type { Forecast } from "../../forecast_model.ts";
import { normalHalfWidth } from "../../distributions/_normal_quantile.ts";
import { createGenerator } from "../../random/_generator.ts";
import { dot } from "../../series/_dot.ts";
import { scaleUp, unitOf } from "../../series/_unit.ts";
import { createSimulate } from "../_create_simulate.ts";

/** What tells naive, seasonal naive and drift apart. */
export interface LagWalk {
  readonly method: string;
  readonly action: string;
  /**
   * Steps between a value and the one it repeats.
   *
   * @default 1
   */
  readonly period?: number;
  /**
   * Whether the average change per step is carried on.
   *
   * @default false
   */
  readonly drift?: boolean;
}

/** The options that they and theta share. */
export interface YardstickOptions {
  readonly period?: number;
  readonly horizon?: number;
  readonly confidence?: number;
}

/** Checks them, and fills in the defaults. */
export function requireYardstickOptions(
  options: YardstickOptions,
  action: string,
): Required<YardstickOptions> {
  requireKnownOptions(options, ["period", "horizon", "confidence"], action);
  const { period = 1, horizon = 10, confidence = 0.95 } = options;
  requireInteger(period, "period", { minimum: 1 }, action);
  requireInteger(horizon, "horizon", { minimum: 1, maximum: 1e6 }, action);
  requireFraction(confidence, "confidence", action);
  return { period, horizon, confidence };
}

/**
 * Forecasts `y[t] = y[t − period] + change + e[t]`: every step repeats the newest observation of its phase.
 *
 * A gap is bridged by the cycle before it, at the price of one more cycle's variance.
 */
export function forecastLagWalk(
  given: ArrayLike<number>,
  options: YardstickOptions,
  walk: LagWalk,
): Forecast {
  const { method, action, period = 1, drift = false } = walk;
  const { horizon, confidence } = requireYardstickOptions(options, action);
  requireObservations(given, 2, action);
  requireSquarable(given, action);
  requireInteger(period, "period", { minimum: 1, maximum: given.length }, action);
  // In units of a power of two, squares of tiny and huge values are numbers, and no digit is lost.
  const unit = unitOf(Float64Array.from(given));
  const values = Float64Array.from(given, (value) => value / unit);
  const restore = (value: number): number => scaleUp(value, unit);
  const errors = lagErrors(values, period);
  const least = drift ? 2 : 1;
  if (errors.length < least) {
    throw new RangeError(
      `Cannot ${action} as at least ${least} ${
        least === 1 ? "pair" : "pairs"
      } of values one period apart must be observed: found ${errors.length}`,
    );
  }
  const change = drift ? mean(errors) : 0;
  const residuals = errors.map((error) => error - change);
  const freedom = residuals.length - (drift ? 1 : 0);
  const squares = dot(residuals, residuals);
  const variance = squares / freedom;
  const changeVariance = drift ? variance / residuals.length : 0;
  const newest = newestPerPhase(values, period);

  const z = normalHalfWidth(confidence);
  const centre = new Float64Array(horizon);
  const lower = new Float64Array(horizon);
  const upper = new Float64Array(horizon);
  for (let k = 0; k < horizon; k++) {
    const { value, age } = newest[k % period];
    const cycles = age + Math.floor(k / period);
    centre[k] = value + change * cycles;
    const half = z * Math.sqrt(variance * cycles + changeVariance * cycles * cycles);
    lower[k] = restore(centre[k] - half);
    upper[k] = restore(centre[k] + half);
  }

  // Residuals are rescaled so that drawing them reproduces the variance behind the intervals.
  const raw = Math.sqrt(squares / residuals.length);
  const centreOfResiduals = mean(residuals);
  const spread = raw > 0 ? Math.sqrt(variance) / raw : 0;
  const simulate = createSimulate((seed, number) => {
    const random = createGenerator(seed, number);
    const draw = (): number => (residuals[random.integer(residuals.length)] - centreOfResiduals) * spread;
    const slope = drift ? random.normal() * Math.sqrt(changeVariance) : 0;
    const offsets = new Float64Array(period);
    for (let j = 0; j < period; j++) {
      for (let missed = 1; missed < newest[j].age; missed++) offsets[j] += draw();
    }
    const path = new Float64Array(horizon);
    for (let k = 0; k < horizon; k++) {
      offsets[k % period] += draw();
      path[k] = restore(
        centre[k] + offsets[k % period] + slope * (newest[k % period].age + Math.floor(k / period)),
      );
    }
    return path;
  });

  const explanation = {
    candidates: [{ method, score: null }],
    backtest: null,
    warnings: variance === 0
      ? ["The series never changes from one period to the next: intervals have no width"]
      : [],
  };
  return {
    mean: centre.map(restore),
    lower,
    upper,
    confidence,
    method,
    explanation,
    simulate,
  };
}

/** Differences between observations one period apart. */
function lagErrors(values: Float64Array, period: number): Float64Array {
  return values.subarray(period).map((value, t) => value - values[t]).filter((error) => error === error);
}

/** For each of the next `period` steps: its newest observation, and how many cycles ago it was. */
function newestPerPhase(values: ArrayLike<number>, period: number): { value: number; age: number }[] {
  return Array.from({ length: period }, (_, k) => {
    for (let t = values.length - period + k, age = 1; t >= 0; t -= period, age++) {
      if (values[t] === values[t]) return { value: values[t], age };
    }
    return newestOfAll(values, period);
  });
}

/** A phase that was never observed takes the newest value there is. */
function newestOfAll(values: ArrayLike<number>, period: number): { value: number; age: number } {
  let t = values.length - 1;
  while (values[t] !== values[t]) t--;
  return { value: values[t], age: Math.ceil((values.length - t) / period) };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value / values.length;
  return sum;
}
