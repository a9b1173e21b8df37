/**
 * Why this stands beside `analytics/smoothing`: here errors carry over into the next one, which the taxonomy of ETS
 * does not have; the state begins with the first values instead of being estimated, since what is smoothed is a
 * remainder that passes through many cycles; and a fit costs a fixed number of passes, of which a choice makes
 * dozens.
 */
import { observedMean } from "../../series/_observed_mean.ts";
import { Smoothing, type SmoothingParameters } from "./_smoothing.ts";

/** Which constants are searched. */
export interface SmoothingShape {
  readonly trend: boolean;
  readonly carry: boolean;
  /** Filter passes to spend. */
  readonly passes: number;
}

/**
 * Fits exponential smoothing to `values[0 … end)`: least squares of the one-step errors, searched in at most `passes`
 * filter passes by a pattern search from a fixed start, so the same values give the same constants. O(n · passes).
 */
export function fitSmoothing(values: Float64Array, end: number, shape: SmoothingShape): Smoothing {
  const start = startOf(values, end);
  const steps = shape.trend ? (shape.carry ? 4 : 3) : (shape.carry ? 2 : 1);
  // Coordinates: log-odds of level, of carry, of trend relative to level, of damping within 0.8 … 1.
  const point = [-1.5, 0, -3, 1.5];
  const order = shape.carry ? [0, 1, 2, 3] : [0, 2, 3];
  const width = [1.5, 1.5, 1.5, 1.5];
  const evaluate = (at: readonly number[]): number => {
    return squaredErrors(values, end, start, parametersAt(at, shape));
  };
  let best = evaluate(point);
  let left = shape.passes - 1;
  while (left > 0) {
    let moved = false;
    for (let d = 0; d < steps && left > 0; d++) {
      const axis = order[d];
      for (const direction of [1, -1]) {
        if (left <= 0) break;
        const trial = [...point];
        trial[axis] += direction * width[axis];
        const cost = Math.abs(trial[axis]) > 9 ? Infinity : evaluate(trial);
        left--;
        if (cost < best) {
          best = cost;
          point[axis] = trial[axis];
          width[axis] *= 1.3;
          moved = true;
          break;
        }
      }
    }
    if (!moved) { for (const axis of order) width[axis] *= 0.45; }
    if (Math.max(...width) < 0.05) break;
  }
  return runSmoothing(values, end, parametersAt(point, shape), start);
}

/** Runs a smoothing with the given constants over `values[0 … end)`. */
export function runSmoothing(
  values: Float64Array,
  end: number,
  parameters: SmoothingParameters,
  start: number = startOf(values, end),
): Smoothing {
  const smoothing = new Smoothing(parameters, [start, 0, 0]);
  for (let t = 0; t < end; t++) smoothing.update(values[t]);
  return smoothing;
}

function parametersAt(point: readonly number[], shape: SmoothingShape): SmoothingParameters {
  const level = 1 / (1 + Math.exp(-point[0]));
  return {
    level,
    trend: shape.trend ? level / (1 + Math.exp(-point[2])) : 0,
    damping: shape.trend ? 0.8 + 0.198 / (1 + Math.exp(-point[3])) : 0,
    carry: shape.carry ? 0.98 / (1 + Math.exp(-point[1])) : 0,
    slope: 0,
  };
}

/** The level to start from: the mean of the first values. */
function startOf(values: Float64Array, end: number): number {
  return observedMean(values.subarray(0, end).filter((value) => value === value).subarray(0, 10));
}

/** What {@linkcode Smoothing} errs, written out, as a choice spends much of its time here. */
function squaredErrors(
  values: Float64Array,
  end: number,
  start: number,
  { level, trend, damping, carry, slope }: SmoothingParameters,
): number {
  let [at, slant, error, sum] = [start, 0, 0, 0];
  for (let t = 0; t < end; t++) {
    slant *= damping;
    at += slant + slope;
    error *= carry;
    const surprise = values[t] - (at + error);
    if (surprise !== surprise) continue;
    sum += surprise * surprise;
    error = values[t] - at;
    at += level * error;
    slant += trend * error;
  }
  return sum;
}
