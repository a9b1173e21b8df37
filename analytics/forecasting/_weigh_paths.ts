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

/** Share of the present volatility, as against the usual one, in the size of the errors. */
const VOLATILITY_SHARE = 0.4;
/** Most by which errors are scaled up for the volatility having grown since. */
const VOLATILITY_RATIO_MAX = 20;
/** Share of all origins, nearest first, that sets the width of the weights for error paths. */
const NEAR_SHARE = 0.3;
/** The same for value paths, which need closer kin. */
const CLOSE_SHARE = 0.05;

/** How much each path counts, and by how much its errors are scaled. */
export interface PathWeights {
  /** Error paths, then mirrored error paths, then value paths. */
  readonly weights: Float64Array;
  readonly scales: Float64Array;
}

/** Weighs the paths of the allowed origins by how alike their forecasts are; `null` where none is allowed. */
export function weighPaths(
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
  const asValues = 0.7 * stretches ** 2 / (stretches ** 2 + 400) * kinship;

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
