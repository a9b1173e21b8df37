import { createGenerator } from "../random/_generator.ts";
import type { Errors, ErrorsJson, Outlook } from "./_errors.ts";
import { numbersToJson, requireCount, requireNumber, requireNumbers } from "./_json.ts";
import { poolAscending } from "./_pool_ascending.ts";
import { weightedQuantile } from "./_weighted_quantile.ts";

/** Memory of the volatility, per observation. */
export const VOLATILITY_DECAY = 0.95;
/** Share of the present volatility, as against the usual one, in the size of the errors. */
const VOLATILITY_SHARE = 0.4;
/** Most by which errors are scaled up for the volatility having grown since. */
const VOLATILITY_RATIO_MAX = 20;
/** Share of all origins, nearest first, that sets the width of the weights for error paths. */
const NEAR_SHARE = 0.3;
/** The same for value paths, which need closer kin. */
const CLOSE_SHARE = 0.05;
/** Finitely many paths end before the true tails do: the interval is cut this much closer to their ends. */
const TAIL_SHARE = 0.7;

/** What was seen from rolling origins. */
export interface SeenErrorsParts {
  /** Steps from each origin. */
  readonly steps: number;
  /** The values that were forecast; NaN where missing. */
  readonly actual: Float64Array;
  /** Where in `actual` each origin's first step is. */
  readonly starts: Float64Array;
  /** The forecasts, row by row. */
  readonly means: Float64Array;
  /** Running size of the one-step errors at each origin. */
  readonly volatility: Float64Array;
  /** Usual size of the one-step errors. */
  readonly usual: number;
}

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
  #volatility: number;

  constructor(parts: SeenErrorsParts, volatility: number) {
    this.steps = parts.steps;
    this.#parts = parts;
    this.#volatility = volatility;
  }

  observe(error: number): void {
    if (error === error) this.#volatility = nextVolatility(this.#volatility, error);
  }

  around(mean: Float64Array): Outlook {
    return new SeenOutlook(this.#parts, weighPaths(this.#parts, mean, this.#volatility, () => true), mean);
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
      const weights = weighPaths(this.#parts, mean, volatility[r], others);
      if (weights === null) continue;
      const { below, above } = new SeenOutlook(this.#parts, weights, mean).reach(confidence, steps);
      for (let k = 0; k < steps; k++) {
        const error = this.#parts.actual[starts[r] + k] - mean[k];
        if (error !== error) continue;
        count++;
        if (error >= -below[k] && error <= above[k]) inside++;
      }
    }
    return count > 0 ? inside / count : confidence;
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
    return new SeenErrors(parts, requireNumber(json.volatility, "errors.volatility"));
  }
}

/** The running size of one-step errors after one more. */
export function nextVolatility(volatility: number, error: number): number {
  return VOLATILITY_DECAY * volatility + (1 - VOLATILITY_DECAY) * Math.abs(error);
}

/** How much each path counts, and by how much its errors are scaled. */
interface PathWeights {
  /** Error paths, then mirrored error paths, then value paths. */
  readonly weights: Float64Array;
  readonly scales: Float64Array;
}

/** Weighs the paths of the allowed origins by how alike their forecasts are; `null` where none is allowed. */
function weighPaths(
  parts: SeenErrorsParts,
  mean: Float64Array,
  present: number,
  isAllowed: (row: number) => boolean,
): PathWeights | null {
  const { steps, actual, starts, means, volatility, usual } = parts;
  const rows = starts.length;
  const allowed: number[] = [];
  const distances = new Float64Array(rows).fill(Infinity);
  let size = 0;
  let count = 0;
  for (let r = 0; r < rows; r++) {
    if (!isAllowed(r)) continue;
    allowed.push(r);
    let distance = 0;
    for (let k = 0; k < steps; k++) {
      distance += Math.abs(means[r * steps + k] - mean[k]);
      const error = Math.abs(actual[starts[r] + k] - means[r * steps + k]);
      if (error === error) size += (error - size) / ++count;
    }
    distances[r] = distance / steps;
  }
  if (allowed.length === 0) return null;
  const sorted = Float64Array.from(allowed, (r) => distances[r]).sort();
  const near = sorted[Math.floor(NEAR_SHARE * (sorted.length - 1))];
  const close = sorted[Math.floor(CLOSE_SHARE * (sorted.length - 1))];

  const stretches = actual.length / steps;
  const widen = 1 + Math.max(0, 1.1 / stretches - 0.05);
  const mirrored = Math.max(0, 0.5 * Math.min(1, 6 / stretches) - 0.1);
  const kinship = size > 0 ? Math.exp(-0.5 * (close / size) ** 2) : close > 0 ? 0 : 1;
  const asValues = 0.5 * stretches ** 2 / (stretches ** 2 + 400) * kinship;

  const weights = new Float64Array(3 * rows);
  const scales = new Float64Array(rows);
  let nearSum = 0;
  let closeSum = 0;
  for (const r of allowed) {
    nearSum += weights[r] = kernel(distances[r], near);
    closeSum += weights[2 * rows + r] = kernel(distances[r], close);
    const then = (1 - VOLATILITY_SHARE) * usual + VOLATILITY_SHARE * volatility[r];
    const now = (1 - VOLATILITY_SHARE) * usual + VOLATILITY_SHARE * present;
    // One outlier must not blow the interval up beyond all bounds.
    scales[r] = widen * (then > 0 ? Math.min(VOLATILITY_RATIO_MAX, now / then) : 1);
  }
  for (const r of allowed) {
    const share = weights[r] / nearSum * (1 - asValues);
    weights[r] = share * (1 - mirrored);
    weights[rows + r] = share * mirrored;
    weights[2 * rows + r] *= asValues / closeSum;
  }
  return { weights, scales };
}

/** Weight by distance: a bell as wide as `width`, with a floor so that no origin is quite forgotten. */
function kernel(distance: number, width: number): number {
  if (distance === 0) return 1;
  return 1e-9 + (width > 0 ? Math.exp(-0.5 * (distance / width) ** 2) : 0);
}

class SeenOutlook implements Outlook {
  readonly #parts: SeenErrorsParts;
  readonly #weights: Float64Array;
  readonly #scales: Float64Array;
  readonly #mean: Float64Array;
  /** Running sums of the weights, by which a path is drawn. */
  #running: Float64Array | null = null;
  /** Power of the horizon by which distances grow beyond what was seen. */
  #exponent: number | null = null;

  constructor(parts: SeenErrorsParts, weights: PathWeights | null, mean: Float64Array) {
    const rows = parts.starts.length;
    this.#parts = parts;
    this.#weights = weights?.weights ?? new Float64Array(3 * rows).fill(1);
    this.#scales = weights?.scales ?? new Float64Array(rows).fill(1);
    this.#mean = mean;
  }

  reach(confidence: number, horizon: number): { below: Float64Array; above: Float64Array } {
    const { below, above } = this.#reachSeen(confidence);
    const exponent = horizon > below.length ? this.#growthExponent() : 0;
    return { below: extend(below, horizon, exponent), above: extend(above, horizon, exponent) };
  }

  #reachSeen(confidence: number): { below: Float64Array; above: Float64Array } {
    const { steps } = this.#parts;
    const tail = TAIL_SHARE * (1 - confidence) / 2;
    const below = new Float64Array(steps);
    const above = new Float64Array(steps);
    const offsets = new Float64Array(this.#weights.length);
    const weights = new Float64Array(this.#weights.length);
    for (let k = 0; k < steps; k++) {
      for (let i = 0; i < offsets.length; i++) offsets[i] = this.#offset(i, k);
      weights.set(this.#weights);
      below[k] = Math.max(0, -weightedQuantile(offsets, weights, tail));
      above[k] = Math.max(0, weightedQuantile(offsets, weights, 1 - tail));
    }
    return { below: poolAscending(below), above: poolAscending(above) };
  }

  /** The same for every confidence, so that a wider interval stays the wider one. */
  #growthExponent(): number {
    if (this.#exponent === null) {
      const { below, above } = this.#reachSeen(0.8);
      this.#exponent = growthExponent(below, above);
    }
    return this.#exponent;
  }

  draw(seed: number, number: number, path: Float64Array): void {
    const { steps } = this.#parts;
    const random = createGenerator(seed, number);
    let at = this.#pick(random.uniform());
    const known = Math.min(steps, path.length);
    for (let k = 0; k < known; k++) path[k] = this.#mean[k] + this.#offset(at, k);
    // Beyond what was seen the path keeps its last distance, widening, and changes over to another now and then.
    const exponent = known < path.length ? this.#growthExponent() : 0;
    for (let k = known; k < path.length; k++) {
      if (random.uniform() * steps < 1) at = this.#pick(random.uniform());
      path[k] = this.#mean[k] + this.#offset(at, steps - 1) * ((k + 1) / steps) ** exponent;
    }
  }

  /** How far path `i` is from the mean at step `k`. */
  #offset(i: number, k: number): number {
    const { steps, actual, starts, means } = this.#parts;
    const rows = starts.length;
    const row = i % rows;
    const start = starts[row];
    let last = k;
    // A missing value counts as off by as much as the one before it.
    while (last > 0 && actual[start + last] !== actual[start + last]) last--;
    const then = means[row * steps + last];
    const error = actual[start + last] === actual[start + last] ? actual[start + last] - then : 0;
    if (i < rows) return error * this.#scales[row];
    if (i < 2 * rows) return -error * this.#scales[row];
    return means[row * steps + k] + error - this.#mean[k];
  }

  #pick(uniform: number): number {
    if (this.#running === null) {
      let sum = 0;
      this.#running = this.#weights.map((weight) => sum += weight);
    }
    const running = this.#running;
    const target = uniform * running[running.length - 1];
    let low = 0;
    let high = running.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (running[middle] > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** How the width goes on as a power of the horizon, from its second half: between hardly and as a random walk. */
function growthExponent(below: Float64Array, above: Float64Array): number {
  const last = below.length;
  const middle = Math.max(1, Math.floor(last / 2));
  const earlier = below[middle - 1] + above[middle - 1];
  if (last < 2 || !(earlier > 0)) return 0.5;
  const slope = Math.log((below[last - 1] + above[last - 1]) / earlier) / Math.log(last / middle);
  return Math.min(0.5, Math.max(0.05, slope));
}

function extend(known: Float64Array, horizon: number, exponent: number): Float64Array {
  const last = known.length;
  return Float64Array.from({ length: horizon }, (_, k) => {
    return k < last ? known[k] : known[last - 1] * ((k + 1) / last) ** exponent;
  });
}
