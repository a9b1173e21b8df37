/**
 * Puts a series near 0 with a spread near 1 before anything is fitted, so that values near 1e12 or 1e-12 lose
 * nothing. The scale is a power of two and the origin one of the values: dividing is exact, and what is left after
 * subtracting does not depend on where the series lies. Two series that differ by an exact shift are the same to the
 * bit.
 */
import { requireSquarable } from "../_require.ts";
import { powerOfTwoBelow } from "../series/_centre.ts";

/** A series in the units a model is fitted in: `values = raw / scale − origin`. */
export interface Standardised {
  readonly values: Float64Array;
  readonly origin: number;
  readonly scale: number;
  readonly observations: number;
}

/**
 * Standardises a series.
 *
 * @param centred Whether the origin may move; models with factors or relative errors need it kept.
 */
export function standardise(values: ArrayLike<number>, centred: boolean, action: string): Standardised {
  let largest = 0, observations = 0, first = 0;
  for (let t = 0; t < values.length; t++) {
    const size = Math.abs(values[t]);
    if (size > largest) largest = size;
    if (size === size && observations++ === 0) first = values[t];
  }
  if (largest > 1) requireSquarable(values, action);
  let scale = 1 / powerOfTwoBelow(largest);
  const out = new Float64Array(values.length);
  for (let t = 0; t < values.length; t++) out[t] = values[t] / scale;
  if (!centred) {
    const middle = 1 / powerOfTwoBelow(average(out, 0, observations));
    for (let t = 0; t < out.length; t++) out[t] /= middle;
    return { values: out, origin: 0, scale: scale * middle, observations };
  }
  // From the first value on, so that rounding of the mean does not depend on where the series lies.
  first /= scale;
  const mean = average(out, first, observations);
  let nearest = first, squares = 0;
  for (let t = 0; t < out.length; t++) {
    const distance = out[t] - first - mean;
    if (distance !== distance) continue;
    squares += distance * distance;
    if (Math.abs(distance) < Math.abs(nearest - first - mean)) nearest = out[t];
  }
  // A spread of rounding only is a constant; its unit is then the value itself.
  const deviation = Math.sqrt(squares / Math.max(observations, 1));
  const unit = deviation > 1e-15 ? 1 / powerOfTwoBelow(deviation) : 1;
  scale *= unit;
  for (let t = 0; t < out.length; t++) out[t] = (out[t] - nearest) / unit;
  return { values: out, origin: nearest / unit, scale, observations };
}

/** Mean distance of the observed values from `origin`. */
function average(values: Float64Array, origin: number, observations: number): number {
  let sum = 0;
  for (let t = 0; t < values.length; t++) if (values[t] === values[t]) sum += values[t] - origin;
  return sum / Math.max(observations, 1);
}
