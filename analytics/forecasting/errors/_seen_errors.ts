import type { Errors, ErrorsJson, Outlook } from "./_errors.ts";
import {
  numbersToJson,
  requireAmount,
  requireCount,
  requireLength,
  requireNumbers,
  requireShare,
  requireShares,
  requireSize,
  requireSizeOrNull,
} from "../components/_json.ts";
import { largestMagnitude } from "../../series/_largest_magnitude.ts";
import { ROUNDING } from "../../series/_unit.ts";
import { Analogues, LAGS } from "./_analogues.ts";
import { withErrors } from "./_with_errors.ts";
import { findNearOrigins, type NearOrigins, type SeenErrorsParts } from "./_near_origins.ts";
import { SeenOutlook } from "./_seen_outlook.ts";
import { SeenStage } from "./_seen_stage.ts";
import { allowedValues, usualShares, type ValueShares, weighPaths } from "./_weigh_paths.ts";

/** Memory of the volatility, per observation. */
const VOLATILITY_DECAY = 0.95;

/** An error that is larger than any that was seen, and this many times the usual one, is hardly the series' own. */
const GLITCH = 10;
/** Of normal errors one in sixty is this many times the usual one. */
const SURPRISE = 3;

/** What is known of the errors besides what was seen; the newest values and the volatility go on. */
export interface SeenErrorsState {
  readonly analogues: Analogues;
  readonly shares: ValueShares;
  /** The newest values, newest first. */
  readonly newest: Float64Array;
  readonly volatility: number;
}

/**
 * The forecasts that were made within the series, and what came instead.
 *
 * Every origin gives two paths. The error path is this forecast plus that origin's errors, scaled to the present
 * volatility. The value path is what came there, as it was. Origins whose forecast was like the present one count
 * most: a series that is high now erred differently when it was low. Stretches of the series after values like the
 * newest ones are paths as well. How much each kind counts in what is drawn was learned from the series; the ends of
 * intervals, which widen with every step, are cut from what is usual. Where few stretches of the tested length fit
 * side by side, the errors may have been one-sided by chance, so they also count mirrored, and are widened.
 */
export class SeenErrors implements Errors {
  readonly steps: number;
  readonly #parts: SeenErrorsParts;
  readonly #analogues: Analogues;
  readonly #shares: ValueShares;
  readonly #newest: Float64Array;
  #volatility: number;
  /** The largest error that was seen, at any step. */
  readonly #largest: number;

  constructor(parts: SeenErrorsParts, state: SeenErrorsState) {
    this.steps = parts.steps;
    this.#parts = parts;
    this.#analogues = state.analogues;
    this.#shares = state.shares;
    this.#newest = state.newest;
    this.#volatility = state.volatility;
    this.#largest = largestMagnitude(parts.errors);
  }

  get believable(): number {
    const limit = Math.max(this.#largest, GLITCH * this.#parts.usual, GLITCH * this.#volatility);
    // What was foretold without any error says nothing of how large one can be.
    return limit > 0 ? limit : Infinity;
  }

  get surprising(): number {
    return SURPRISE * this.#parts.usual;
  }

  observe(error: number, value: number): void {
    if (error === error) this.#volatility = nextVolatility(this.#volatility, error);
    const last = this.#newest[0];
    this.#newest.copyWithin(1, 0);
    // A missing value counts as the one before it.
    this.#newest[0] = value === value ? value : last;
  }

  around(mean: Float64Array): Outlook {
    return this.#outlook(mean, this.#volatility, () => true)!;
  }

  /**
   * Share of the values that fell into the interval cut from the other origins, those that do not overlap, for at
   * most `origins` of them, evenly spaced.
   */
  coverage(confidence: number, origins: number): number {
    const { steps, starts, means, volatility } = this.#parts;
    const rows = starts.length;
    const stride = Math.max(1, Math.ceil(rows / origins));
    let inside = 0;
    let count = 0;
    for (let r = 0; r < rows; r += stride) {
      const mean = means.subarray(r * steps, (r + 1) * steps);
      const others = (other: number): boolean => Math.abs(starts[other] - starts[r]) >= steps;
      const outlook = this.#outlook(mean, volatility[r], others);
      if (outlook === null) continue;
      const { below, above } = outlook.reach(confidence, steps);
      for (let k = 0; k < steps; k++) {
        const error = this.#parts.actual[starts[r] + k] - mean[k];
        if (error !== error) continue;
        count++;
        if (error >= -below[k] - ROUNDING && error <= above[k] + ROUNDING) inside++;
      }
    }
    return count > 0 ? inside / count : confidence;
  }

  #outlook(mean: Float64Array, volatility: number, isAllowed: (row: number) => boolean): SeenOutlook | null {
    const parts = this.#parts;
    const origins = findNearOrigins(parts, mean, volatility, isAllowed);
    if (origins === null) return null;
    const { close, all, alike } = this.#shares;
    const newest = this.#newest.slice();
    const stage = ({ scales }: NearOrigins, weights: Float64Array): SeenStage =>
      new SeenStage(parts, this.#analogues, { scales, weights });
    return new SeenOutlook(parts, this.#analogues, mean, {
      forEnds: stage(origins, weighPaths(parts, origins, usualShares(parts, origins.kinship), null)),
      forPaths: (from, kept) => {
        if (from === 0) {
          const allowed = allowedValues(origins.kinship);
          const shares = { close: allowed * close, all: allowed * all, alike: allowed * alike };
          return stage(
            origins,
            weighPaths(parts, origins, shares, this.#analogues.weigh(newest, () => true)),
          );
        }
        // So far ahead the newest values tell nothing: any stretch may come, a rare one too. But none of them knows
        // of the path so far.
        const there = findNearOrigins(parts, mean.subarray(from), null, () => true)!;
        const allowed = allowedValues(there.kinship) * Math.max(0, 1 - kept);
        const shares = { close: allowed * (close + alike), all: 0, alike: allowed * all };
        return stage(there, weighPaths(parts, there, shares, this.#analogues.evenly()));
      },
    });
  }

  toJson(): ErrorsJson {
    const { steps, actual, starts, means, volatility, usual, growth, pace } = this.#parts;
    return {
      kind: "seen",
      steps,
      actual: numbersToJson(actual),
      starts: numbersToJson(starts),
      means: numbersToJson(means),
      volatilities: numbersToJson(volatility),
      usual,
      growth,
      pace,
      shares: { ...this.#shares },
      newest: numbersToJson(this.#newest),
      volatility: this.#volatility,
    };
  }

  static fromJson(json: ErrorsJson): SeenErrors {
    const numbers = (name: string, requireEntry = requireSize): Float64Array =>
      requireNumbers(json[name], `errors.${name}`, requireEntry);
    const steps = requireCount(json.steps, "errors.steps", 1, 1e6);
    const actual = numbers("actual", requireSizeOrNull);
    const starts = numbers("starts");
    const means = numbers("means");
    const volatilities = numbers("volatilities", requireAmount);
    requireLength(starts, "errors.starts", 1, 1e6);
    requireLength(means, "errors.means", starts.length * steps);
    requireLength(volatilities, "errors.volatilities", starts.length);
    for (const start of starts) requireCount(start, "errors.starts", 0, actual.length - steps);
    const usual = requireAmount(json.usual, "errors.usual");
    const growth = requireShare(json.growth ?? 0, "errors.growth");
    const pace = requireAmount(json.pace ?? 0, "errors.pace");
    const parts = withErrors({ steps, actual, starts, means, volatility: volatilities, usual, growth, pace });
    const shares = requireShares(json.shares, "errors.shares", ["close", "all", "alike"]);
    const newest = numbers("newest", requireSizeOrNull);
    requireLength(newest, "errors.newest", LAGS);
    const volatility = requireAmount(json.volatility, "errors.volatility");
    return new SeenErrors(parts, { analogues: new Analogues(actual, steps), shares, newest, volatility });
  }
}

/** The running size of one-step errors after one more. */
export function nextVolatility(volatility: number, error: number): number {
  return VOLATILITY_DECAY * volatility + (1 - VOLATILITY_DECAY) * Math.abs(error);
}
