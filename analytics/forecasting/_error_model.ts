import { numbersToJson, requireArray, requireNumber, requireNumbers, requireRecord } from "./_json.ts";
import { normalCdf } from "../distributions/_normal_cdf.ts";
import { normalQuantile } from "../distributions/_normal_quantile.ts";
import { createGenerator } from "../random/_generator.ts";

/** Forecast errors over rolling origins, row by row: entry `r · horizon + k` is step `k + 1` from origin `r`. */
export interface RolledErrors {
  readonly origins: number;
  readonly horizon: number;
  /** Value less forecast; NaN where the value is missing. */
  readonly errors: Float64Array;
  /** Size of the one-step errors just before each origin. */
  readonly volatility: Float64Array;
}

/** Most error paths that are kept for the simulation. */
const PATHS_MAX = 64;
/** Memory of the volatility, per observation. */
export const VOLATILITY_DECAY = 0.95;
/** Probabilities at which the distribution of the errors is kept. */
// deno-fmt-ignore
const KNOTS: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5,
  0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99, 0.995, 0.9975, 0.999];

/** The parts of an {@linkcode ErrorModel}. */
interface ErrorModelParts {
  /** Usual volatility. */
  readonly usual: number;
  /** Share of the present volatility, as against the usual one, in the scale of the errors. */
  readonly share: number;
  /** Mean absolute scaled error per step; never falls. */
  readonly growth: Float64Array;
  /** Exponent by which the errors grow beyond the last step of `growth`. */
  readonly exponent: number;
  /** Distribution of the errors scaled by all of this, at the knots. */
  readonly quantiles: Float64Array;
  /** Ranks of kept error paths, 0 … 1, row by row. */
  readonly ranks: Float64Array;
}

/**
 * How far off the forecasts are: the distribution of the error per step, and how the errors of neighbouring steps go
 * together, both as seen over rolling origins.
 *
 * The error at step `k` is `scale · growth[k] · G`, G one distribution for all steps and `scale` following the
 * volatility of the series. Paths take the ranks of an error path that was seen, so they wander or stick as the
 * errors did, while each step has exactly the distribution the intervals are cut from.
 */
export class ErrorModel {
  readonly #parts: ErrorModelParts;
  #volatility: number;

  constructor(parts: ErrorModelParts, volatility: number) {
    this.#parts = parts;
    this.#volatility = volatility;
  }

  /** Takes the newest one-step error; a missing one changes nothing. */
  observe(error: number): void {
    if (error === error) {
      this.#volatility = VOLATILITY_DECAY * this.#volatility + (1 - VOLATILITY_DECAY) * Math.abs(error);
    }
  }

  /** Size of the errors per step, from where the series stands. */
  scales(horizon: number): Float64Array {
    const { usual, share, growth, exponent } = this.#parts;
    const scale = (1 - share) * usual + share * this.#volatility;
    const known = growth.length;
    return Float64Array.from({ length: horizon }, (_, k) => {
      return scale * (k < known ? growth[k] : growth[known - 1] * ((k + 1) / known) ** exponent);
    });
  }

  /** Quantile of the scaled error. */
  quantile(probability: number): number {
    return interpolate(this.#parts.quantiles, probability);
  }

  /** Draws the scaled errors of one path. */
  draw(seed: number, path: number, into: Float64Array): void {
    const { ranks, growth } = this.#parts;
    const random = createGenerator(seed, path);
    const kept = ranks.length / growth.length;
    const row = random.integer(kept) * growth.length;
    // One place within the rank's cell for the whole path keeps paths as smooth as the ones that were seen.
    const place = random.uniform();
    const known = Math.min(growth.length, into.length);
    for (let k = 0; k < known; k++) into[k] = this.quantile((ranks[row + k] + place) / kept);
    if (known === into.length) return;
    let normal = normalQuantile((ranks[row + known - 1] + clampOpen(place)) / kept);
    for (let k = known; k < into.length; k++) {
      normal = 0.9 * normal + Math.sqrt(1 - 0.81) * random.normal();
      into[k] = this.quantile(normalCdf(normal));
    }
  }

  /** Its state. */
  toJson(): Record<string, unknown> {
    const { usual, share, growth, exponent, quantiles, ranks } = this.#parts;
    return {
      usual,
      share,
      growth: numbersToJson(growth),
      exponent,
      quantiles: numbersToJson(quantiles),
      ranks: numbersToJson(ranks),
      volatility: this.#volatility,
    };
  }

  /** Restores it. */
  static fromJson(value: unknown): ErrorModel {
    const json = requireRecord(value, "errors");
    const growth = requireNumbers(json.growth, "errors.growth");
    const ranks = requireNumbers(json.ranks, "errors.ranks");
    const quantiles = requireNumbers(json.quantiles, "errors.quantiles");
    requireArray(json.growth, "errors.growth");
    if (
      growth.length === 0 || ranks.length === 0 || ranks.length % growth.length !== 0 ||
      quantiles.length !== KNOTS.length
    ) {
      throw new RangeError("Cannot read a forecaster as its error paths must be whole: found other lengths");
    }
    return new ErrorModel(
      {
        usual: requireNumber(json.usual, "errors.usual"),
        share: requireNumber(json.share, "errors.share"),
        growth,
        exponent: requireNumber(json.exponent, "errors.exponent"),
        quantiles,
        ranks,
      },
      requireNumber(json.volatility, "errors.volatility"),
    );
  }
}

/** Estimates the error model from rolled errors. */
export function fitErrorModel(rolled: RolledErrors, volatility: number): ErrorModel {
  const { origins, horizon, errors } = rolled;
  let usual = 0;
  for (let r = 0; r < origins; r++) usual += rolled.volatility[r] / origins;
  const share = chooseShare(rolled, usual);
  const scaled = scaleErrors(rolled, usual, share);
  const growth = growthOf(scaled, origins, horizon);
  const pooled: number[] = [];
  for (let i = 0; i < scaled.length; i++) {
    if (scaled[i] === scaled[i] && growth[i % horizon] > 0) pooled.push(scaled[i] / growth[i % horizon]);
  }
  const sorted = Float64Array.from(pooled).sort();
  const widen = 1 + 1.5 / Math.max(4, origins);
  const quantiles = Float64Array.from(
    KNOTS,
    (p) => sorted.length > 0 ? sampleQuantile(sorted, p) * widen : 0,
  );
  const ranks = rankPaths(errors, origins, horizon);
  return new ErrorModel({ usual, share, growth, exponent: exponentOf(growth), quantiles, ranks }, volatility);
}

function scaleErrors(
  { origins, horizon, errors, volatility }: RolledErrors,
  usual: number,
  share: number,
): Float64Array {
  const scaled = new Float64Array(origins * horizon);
  for (let r = 0; r < origins; r++) {
    const scale = (1 - share) * usual + share * volatility[r];
    for (let k = 0; k < horizon; k++) {
      scaled[r * horizon + k] = scale > 0
        ? errors[r * horizon + k] / scale
        : errors[r * horizon + k] === 0
        ? 0
        : NaN;
    }
  }
  return scaled;
}

/** The share of present volatility under which the errors are most likely, by a Laplace distribution. */
function chooseShare(rolled: RolledErrors, usual: number): number {
  let best = 0;
  let bestCost = Infinity;
  for (const share of [0, 0.25, 0.5, 0.75]) {
    const scaled = scaleErrors(rolled, usual, share);
    const { origins, horizon } = rolled;
    let cost = 0;
    const growth = growthOf(scaled, origins, horizon);
    for (let r = 0; r < origins; r++) {
      const scale = (1 - share) * usual + share * rolled.volatility[r];
      if (scale > 0) cost += horizon * Math.log(scale);
    }
    for (let k = 0; k < horizon; k++) if (growth[k] > 0) cost += origins * Math.log(growth[k]);
    if (cost < bestCost - 1e-9) {
      bestCost = cost;
      best = share;
    }
  }
  return best;
}

/** Mean absolute scaled error per step, made not to fall. */
function growthOf(scaled: Float64Array, origins: number, horizon: number): Float64Array {
  const sums = new Float64Array(horizon);
  const counts = new Float64Array(horizon);
  for (let r = 0; r < origins; r++) {
    for (let k = 0; k < horizon; k++) {
      const size = Math.abs(scaled[r * horizon + k]);
      if (size === size) {
        sums[k] += size;
        counts[k]++;
      }
    }
  }
  return pooledAscending(sums, counts);
}

/** Means that do not fall: the pool-adjacent-violators fit. */
function pooledAscending(sums: Float64Array, counts: Float64Array): Float64Array {
  const blocks: { sum: number; count: number; length: number }[] = [];
  for (let k = 0; k < sums.length; k++) {
    let block = { sum: sums[k], count: counts[k], length: 1 };
    while (blocks.length > 0) {
      const previous = blocks[blocks.length - 1];
      if (block.count > 0 && previous.count > 0 && previous.sum / previous.count <= block.sum / block.count) {
        break;
      }
      block = {
        sum: block.sum + previous.sum,
        count: block.count + previous.count,
        length: block.length + previous.length,
      };
      blocks.pop();
    }
    blocks.push(block);
  }
  const means = new Float64Array(sums.length);
  let k = 0;
  for (const { sum, count, length } of blocks) {
    for (let i = 0; i < length; i++) means[k++] = count > 0 ? sum / count : 0;
  }
  return means;
}

/** How the second half of the growth goes on: as a power of the horizon, between not at all and a random walk. */
function exponentOf(growth: Float64Array): number {
  const last = growth.length;
  const middle = Math.max(1, Math.floor(last / 2));
  if (last < 2 || !(growth[middle - 1] > 0)) return 0.5;
  const slope = Math.log(growth[last - 1] / growth[middle - 1]) / Math.log(last / middle);
  return Math.min(0.5, Math.max(0.05, slope));
}

/** Ranks per step of evenly spaced error paths; a missing error takes the rank of the step before it. */
function rankPaths(errors: Float64Array, origins: number, horizon: number): Float64Array {
  const kept = Math.min(PATHS_MAX, origins);
  const rows = Array.from({ length: kept }, (_, i) => Math.floor(i * origins / kept));
  const ranks = new Float64Array(kept * horizon);
  for (let k = 0; k < horizon; k++) {
    const order = rows.map((row, i) => {
      const error = errors[row * horizon + k];
      return { i, error: error === error ? error : k > 0 ? NaN : 0 };
    });
    const seen = order.filter(({ error }) => error === error).sort((a, b) => a.error - b.error || a.i - b.i);
    const free = new Set(rows.keys());
    // Those that are missing keep the rank they had; the rest share what is left, in order.
    for (const { i, error } of order) {
      if (error === error) continue;
      const rank = ranks[i * horizon + k - 1];
      ranks[i * horizon + k] = rank;
      free.delete(rank);
    }
    const left = [...free];
    seen.forEach(({ i }, position) => {
      ranks[i * horizon + k] = left[position];
    });
  }
  return ranks;
}

function sampleQuantile(sorted: Float64Array, probability: number): number {
  const at = probability * (sorted.length + 1) - 1;
  const low = Math.max(0, Math.min(sorted.length - 1, Math.floor(at)));
  const high = Math.min(sorted.length - 1, low + 1);
  const part = Math.min(1, Math.max(0, at - low));
  return sorted[low] + part * (sorted[high] - sorted[low]);
}

/** Straight between the knots; beyond the outermost ones as an exponential tail. */
function interpolate(quantiles: Float64Array, probability: number): number {
  const last = KNOTS.length - 1;
  if (probability <= KNOTS[0]) return tail(quantiles[0], quantiles[3], probability, KNOTS[0], KNOTS[3]);
  if (probability >= KNOTS[last]) {
    return tail(quantiles[last], quantiles[last - 3], 1 - probability, KNOTS[0], KNOTS[3]);
  }
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (KNOTS[middle] <= probability) low = middle;
    else high = middle;
  }
  const part = (probability - KNOTS[low]) / (KNOTS[high] - KNOTS[low]);
  return quantiles[low] + part * (quantiles[high] - quantiles[low]);
}

function tail(outer: number, inner: number, probability: number, outerAt: number, innerAt: number): number {
  const rate = (outer - inner) / Math.log(innerAt / outerAt);
  return outer + rate * Math.log(outerAt / Math.max(probability, 1e-9));
}

function clampOpen(probability: number): number {
  return Math.min(1 - 1e-12, Math.max(1e-12, probability));
}

/** Errors of a random walk of which only a few changes were seen: Student's distribution, growing as √k. */
export function walkErrorModel(deviation: number, changes: number): ErrorModel {
  const horizon = 10;
  const growth = Float64Array.from({ length: horizon }, (_, k) => Math.sqrt(k + 1));
  const quantiles = Float64Array.from(KNOTS, (p) => studentQuantile(p, changes));
  // Ranks of random walks drawn once and for all: what goes together in them holds for every random walk.
  const walks = new Float64Array(PATHS_MAX * horizon);
  for (let r = 0; r < PATHS_MAX; r++) {
    const random = createGenerator(1, r);
    let sum = 0;
    for (let k = 0; k < horizon; k++) walks[r * horizon + k] = sum += random.normal();
  }
  return new ErrorModel(
    {
      usual: deviation,
      share: 0,
      growth,
      exponent: 0.5,
      quantiles,
      ranks: rankPaths(walks, PATHS_MAX, horizon),
    },
    deviation,
  );
}

/** Quantile of Student's distribution: exact for 1 and 2 degrees of freedom, else Hill (1970), to about 1e-3. */
function studentQuantile(probability: number, freedom: number): number {
  if (freedom === 1) return Math.tan(Math.PI * (probability - 0.5));
  if (freedom === 2) {
    const a = 2 * probability - 1;
    return a * Math.sqrt(2 / (1 - a * a));
  }
  const z = normalQuantile(probability);
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + g1 / freedom + g2 / freedom ** 2 + g3 / freedom ** 3;
}
