import { grownBy } from "../limits/_pace.ts";

/** What was seen from rolling origins. */
export interface SeenErrorsParts {
  /** Steps from each origin. */
  readonly steps: number;
  /** The series, of which the first origin's values and what follows were forecast; NaN where missing. */
  readonly actual: Float64Array;
  /** Where in `actual` each origin's first step is. */
  readonly starts: Float64Array;
  /** The forecasts, row by row. */
  readonly means: Float64Array;
  /** How far off they were, row by row; of missing values too. */
  readonly errors: Float64Array;
  /** Running size of the one-step errors at each origin. */
  readonly volatility: Float64Array;
  /** Usual size of the one-step errors. */
  readonly usual: number;
  /** Power of the distance by which the values drift apart: beyond what was seen, errors grow by no less. */
  readonly growth: number;
  /** The rate by which the series grows geometrically, per step, and its errors with it. */
  readonly pace: number;
}

/**
 * Share of the present volatility, as against the usual one, in the size of the errors of a series that does not
 * grow.
 */
const VOLATILITY_SHARE = 0.4;
/** Most by which errors are scaled up for the volatility having grown since. */
const VOLATILITY_RATIO_MAX = 20;
/** Share of all origins, nearest first, that sets the width of the weights for error paths. */
const NEAR_SHARE = 0.3;
/** The same for value paths, which need closer kin. */
const CLOSE_SHARE = 0.05;

/**
 * What share of all squared errors lies in those that last over a path counts so much: a walk's, where it is two
 * thirds, are then surely taken to last all of it.
 */
const LASTING = 3;

/** How alike the allowed origins are to a forecast. */
export interface NearOrigins {
  /** The origins that are allowed. */
  readonly rows: readonly number[];
  /** Weight of each origin's error path, summing to 1. */
  readonly near: Float64Array;
  /** The same of its value path, which falls off sooner. */
  readonly close: Float64Array;
  /** By how much each origin's errors are scaled. */
  readonly scales: Float64Array;
  /** Whether any origin is much like the forecast: 1 where the closest are, less the further they are. */
  readonly kinship: number;
  /**
   * How many independent stretches of errors were seen: as many as fit side by side where an error lasts as long as a
   * path, and more the sooner errors are forgotten, as around a level.
   */
  readonly independent: number;
}

/**
 * Weighs the allowed origins by how alike their forecasts are to `mean`; `null` where none is allowed. So far ahead
 * that the `present` volatility says nothing it is `null`, and errors keep their size.
 */
export function findNearOrigins(
  parts: SeenErrorsParts,
  mean: Float64Array,
  present: number | null,
  isAllowed: (row: number) => boolean,
): NearOrigins | null {
  const { steps, actual, starts, means, volatility, usual, pace } = parts;
  const share = pace > 0 ? 1 : VOLATILITY_SHARE;
  const rows: number[] = [];
  const distances = new Float64Array(starts.length);
  let size = 0;
  let count = 0;
  let squares = 0;
  let lasting = 0;
  for (let r = 0; r < starts.length; r++) {
    if (!isAllowed(r)) continue;
    rows.push(r);
    let distance = 0;
    let sum = 0;
    let seen = 0;
    for (let k = 0; k < steps; k++) {
      const then = means[r * steps + k];
      distance += Math.abs(then - mean[k]);
      const error = actual[starts[r] + k] - then;
      if (error !== error) continue;
      size += Math.abs(error);
      count++;
      squares += error * error;
      sum += error;
      seen++;
    }
    distances[r] = distance / steps;
    if (seen > 0) lasting += sum * sum / seen;
  }
  if (rows.length === 0) return null;
  const sorted = Float64Array.from(rows, (r) => distances[r]).sort();
  const nearWidth = sorted[Math.floor(NEAR_SHARE * (sorted.length - 1))];
  const closeWidth = sorted[Math.floor(CLOSE_SHARE * (sorted.length - 1))];

  const forgetting = lasting > 0 ? Math.max(1, squares / (LASTING * lasting)) : 1;
  const independent = Math.min(Math.max(stretchesOf(parts), starts.length), forgetting * stretchesOf(parts));
  const widen = 1 + Math.max(0, 1.1 / independent - 0.05);
  const near = new Float64Array(starts.length);
  const close = new Float64Array(starts.length);
  const scales = new Float64Array(starts.length);
  let nearSum = 0;
  let closeSum = 0;
  for (const r of rows) {
    nearSum += near[r] = kernel(distances[r], nearWidth);
    closeSum += close[r] = kernel(distances[r], closeWidth);
    const then = (1 - share) * usual + share * volatility[r];
    const now = (1 - share) * usual + share * (present ?? volatility[r]);
    // One outlier must not blow the interval up beyond all bounds.
    const most = VOLATILITY_RATIO_MAX * grownBy(pace, actual.length - starts[r]);
    scales[r] = widen * (then > 0 ? Math.min(most, now / then) : 1);
  }
  for (const r of rows) {
    near[r] /= nearSum;
    close[r] /= closeSum;
  }
  const kinship = size > 0 ? Math.exp(-0.5 * (closeWidth / size * count) ** 2) : closeWidth > 0 ? 0 : 1;
  return { rows, near, close, scales, kinship, independent };
}

/**
 * How many stretches of the tested length fit side by side into what was forecast: so much is known independently.
 */
export function stretchesOf({ actual, starts, steps }: SeenErrorsParts): number {
  return (actual.length - starts[0]) / steps;
}

/** Weight by distance: a bell as wide as `width`, with a floor so that no origin is quite forgotten. */
function kernel(distance: number, width: number): number {
  if (distance === 0) return 1;
  return 1e-9 + (width > 0 ? Math.exp(-0.5 * (distance / width) ** 2) : 0);
}
