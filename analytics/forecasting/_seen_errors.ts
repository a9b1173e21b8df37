import type { Errors, ErrorsJson, Outlook } from "./_errors.ts";
import { numbersToJson, requireCount, requireNumber, requireNumbers, requireRecord } from "./_json.ts";
import { findNearOrigins, type SeenErrorsParts } from "./_near_origins.ts";
import { SeenOutlook } from "./_seen_outlook.ts";
import { allowedValues, usualShare, type ValueShares, weighPaths } from "./_weigh_paths.ts";

/** Memory of the volatility, per observation. */
const VOLATILITY_DECAY = 0.95;

/**
 * The forecasts that were made within the series, and what came instead.
 *
 * Every origin gives two paths. The error path is this forecast plus that origin's errors, scaled to the present
 * volatility. The value path is what came there, as it was. Origins whose forecast was like the present one count most:
 * a series that is high now erred differently when it was low. Value paths count little where few stretches of the
 * tested length fit side by side, and where no origin is alike. There, too, the errors may have been one-sided by
 * chance, so they also count mirrored, and are widened.
 */
export class SeenErrors implements Errors {
  readonly steps: number;
  readonly #parts: SeenErrorsParts;
  readonly #shares: ValueShares;
  #volatility: number;

  constructor(parts: SeenErrorsParts, shares: ValueShares, volatility: number) {
    this.steps = parts.steps;
    this.#parts = parts;
    this.#shares = shares;
    this.#volatility = volatility;
  }

  observe(error: number): void {
    if (error === error) this.#volatility = nextVolatility(this.#volatility, error);
  }

  around(mean: Float64Array): Outlook {
    return this.#outlook(mean, this.#volatility, () => true)!;
  }

  /**
   * Share of the values that fell into the interval cut from the other origins, those that do not overlap, for at most
   * `origins` of them, evenly spaced.
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
        if (error >= -below[k] && error <= above[k]) inside++;
      }
    }
    return count > 0 ? inside / count : confidence;
  }

  #outlook(mean: Float64Array, volatility: number, isAllowed: (row: number) => boolean): SeenOutlook | null {
    const origins = findNearOrigins(this.#parts, mean, volatility, isAllowed);
    if (origins === null) return null;
    const parts = this.#parts;
    const allowed = allowedValues(origins.kinship);
    return new SeenOutlook(parts, mean, {
      scales: origins.scales,
      forEnds: weighPaths(parts, origins, { close: origins.kinship * usualShare(parts), all: 0 }),
      forPaths: weighPaths(parts, origins, {
        close: allowed * this.#shares.close,
        all: allowed * this.#shares.all,
      }),
    });
  }

  toJson(): ErrorsJson {
    const { steps, actual, starts, means, volatility, usual } = this.#parts;
    return {
      kind: "seen",
      steps,
      actual: numbersToJson(actual),
      starts: numbersToJson(starts),
      means: numbersToJson(means),
      volatilities: numbersToJson(volatility),
      usual,
      shares: { ...this.#shares },
      volatility: this.#volatility,
    };
  }

  static fromJson(json: ErrorsJson): SeenErrors {
    const steps = requireCount(json.steps, "errors.steps", 1, 1e6);
    const actual = requireNumbers(json.actual, "errors.actual");
    const starts = requireNumbers(json.starts, "errors.starts");
    const means = requireNumbers(json.means, "errors.means");
    const volatility = requireNumbers(json.volatilities, "errors.volatilities");
    requireCount(starts.length, "errors.starts.length", 1, 1e6);
    requireCount(means.length, "errors.means.length", starts.length * steps, starts.length * steps);
    requireCount(volatility.length, "errors.volatilities.length", starts.length, starts.length);
    for (const start of starts) requireCount(start, "errors.starts", 0, actual.length - steps);
    const usual = requireNumber(json.usual, "errors.usual");
    const parts = { steps, actual, starts, means, volatility, usual };
    const shares = readShares(json.shares);
    return new SeenErrors(parts, shares, requireNumber(json.volatility, "errors.volatility"));
  }
}

function readShares(value: unknown): ValueShares {
  const json = requireRecord(value, "errors.shares");
  const share = (name: "close" | "all"): number => {
    const found = requireNumber(json[name], `errors.shares.${name}`);
    return Math.min(1, Math.max(0, found));
  };
  return { close: share("close"), all: share("all") };
}

/** The running size of one-step errors after one more. */
export function nextVolatility(volatility: number, error: number): number {
  return VOLATILITY_DECAY * volatility + (1 - VOLATILITY_DECAY) * Math.abs(error);
}
