import { requireBounds, requireInteger, requireKnownOptions } from "./_require.ts";
import type { Forecast, ForecastModel } from "./forecast_model.ts";

/** Options of {@linkcode breachProbability}. At least one bound is needed. */
export interface BreachProbabilityOptions {
  /**
   * Smallest value that is within bounds; `null` for none.
   *
   * @default null
   */
  readonly min?: number | null;
  /**
   * Largest value that is within bounds; `null` for none.
   *
   * @default null
   */
  readonly max?: number | null;
  /**
   * Steps to look ahead.
   *
   * @default the length of a given forecast, 10 for a model
   */
  readonly horizon?: number;
  /**
   * Seed of the paths, any integer.
   *
   * @default 1
   */
  readonly seed?: number;
  /**
   * Number of paths.
   *
   * @default 2000
   */
  readonly paths?: number;
}

/** What {@linkcode breachProbability} finds. */
export interface BreachProbabilityResult {
  /** Probability, 0 … 1, that a path leaves the bounds at any step up to the horizon. */
  readonly probability: number;
  /**
   * Entry `k`: probability that a path has left the bounds by step `k + 1`. Never falls; its last is `probability`.
   */
  readonly byStep: Float64Array;
  /**
   * Steps until 10, 50 and 90 % of all paths have left the bounds, counted from 1. They are unconditional: a share
   * that is not reached within the horizon is `null`.
   */
  readonly timeToBreach: {
    readonly p10: number | null;
    readonly p50: number | null;
    readonly p90: number | null;
  };
  /** The bound that more paths break first (`"max"` where both are even), or `null` where no path breaks one. */
  readonly bound: "min" | "max" | null;
}

/**
 * Estimates how likely a series is to leave `[min, max]` at any step up to a horizon.
 *
 * Counts simulated paths (see {@linkcode Forecast.simulate}), not per-step intervals: neighbouring steps go together,
 * so the probability over a path lies between the largest one of a step and the sum of all. The bounds themselves are
 * within bounds. The same seed gives the same paths, so two bounds can be compared without sampling noise; the
 * standard error is `√(p(1 − p) / paths)`. O(paths · horizon).
 *
 * @param source A forecast, or a model to ask for one.
 * @param options The bounds, how far to look, and how to draw.
 * @returns The probability, step by step, and when the bound is reached.
 * @throws {RangeError} Without a bound, with one that is not finite, with `min` above `max`, with a horizon beyond
 * that of a given forecast, or an option out of bounds.
 * @throws {TypeError} If the source is neither a forecast nor a model, or an option of the wrong shape.
 *
 * @example A line on its way to a bound
 * ```ts
 * import { breachProbability, drift } from "@pronoia/analytics";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const { probability, timeToBreach, bound } = breachProbability(drift([1, 2, 3, 4]), { max: 6 });
 * deepStrictEqual({ probability, p50: timeToBreach.p50, bound }, { probability: 1, p50: 3, bound: "max" });
 * ```
 */
export function breachProbability(
  source: Forecast | ForecastModel,
  options: BreachProbabilityOptions,
): BreachProbabilityResult {
  const action = "estimate a breach probability";
  requireKnownOptions(options, ["min", "max", "horizon", "seed", "paths"], action);
  const { min, max } = requireBounds(options, action);
  const { seed = 1, paths = 2000 } = options;
  const isForecast = isMadeOf(source, "simulate") && "mean" in source;
  if (!isForecast && !isMadeOf(source, "forecast")) {
    throw new TypeError(
      `Cannot ${action} as the source must be a forecast or a model: found ${
        source === null ? "null" : typeof source
      }`,
    );
  }
  const longest = isForecast ? source.mean.length : 1e6;
  const { horizon = isForecast ? longest : 10 } = options;
  requireInteger(horizon, "horizon", { minimum: 1, maximum: longest }, action);

  const forecast = isForecast ? source : source.forecast(horizon);
  const byStep = new Float64Array(horizon);
  let breaksMin = 0;
  let breaksMax = 0;
  for (const path of forecast.simulate({ paths, seed })) {
    for (let k = 0; k < horizon; k++) {
      if (path[k] >= min && path[k] <= max) continue;
      byStep[k]++;
      if (path[k] < min) breaksMin++;
      else breaksMax++;
      break;
    }
  }
  let total = 0;
  for (let k = 0; k < horizon; k++) {
    total += byStep[k];
    byStep[k] = total / paths;
  }
  const reach = (share: number): number | null => {
    const step = byStep.findIndex((probability) => probability >= share);
    return step < 0 ? null : step + 1;
  };
  return {
    probability: byStep[horizon - 1],
    byStep,
    timeToBreach: { p10: reach(0.1), p50: reach(0.5), p90: reach(0.9) },
    bound: total === 0 ? null : breaksMin > breaksMax ? "min" : "max",
  };
}

/** Whether a source has a method of this name. */
function isMadeOf<Name extends string>(source: unknown, name: Name): source is Record<Name, unknown> {
  return typeof source === "object" && source !== null &&
    typeof (source as Record<string, unknown>)[name] === "function";
}
