/**
 * Puts a series near 0 with a spread near 1 before anything is fitted, so that values near 1e12 or 1e-12 lose nothing.
 * The scale is a power of two: dividing by it is exact.
 */

/** A series in the units a model is fitted in: `values = raw / scale − origin`. */
export interface Standardised {
  readonly values: Float64Array;
  readonly origin: number;
  readonly scale: number;
  readonly observations: number;
}

/** Largest magnitude whose square, summed, stays a number. */
const magnitudeMax = 1e150;

/**
 * Standardises a series.
 *
 * @param centred Whether the origin may move; models with factors or relative errors need it kept.
 */
export function standardise(values: ArrayLike<number>, centred: boolean, action: string): Standardised {
  let largest = 0, observations = 0;
  for (let t = 0; t < values.length; t++) {
    const size = Math.abs(values[t]);
    if (size > largest) largest = size;
    if (size === size) observations++;
  }
  if (largest > magnitudeMax) {
    throw new RangeError(`Cannot ${action} as no value may exceed ${magnitudeMax}: found ${largest}`);
  }
  let scale = powerOfTwo(largest), origin = 0;
  const out = new Float64Array(values.length);
  for (let t = 0; t < values.length; t++) {
    out[t] = values[t] / scale;
    if (out[t] === out[t]) origin += out[t];
  }
  origin /= Math.max(observations, 1);
  let squares = 0;
  for (let t = 0; t < out.length; t++) if (out[t] === out[t]) squares += (out[t] - origin) ** 2;
  if (!centred) {
    const middle = powerOfTwo(origin);
    for (let t = 0; t < out.length; t++) out[t] /= middle;
    return { values: out, origin: 0, scale: scale * middle, observations };
  }
  // A spread of rounding only is a constant; its unit is then the value itself.
  const deviation = Math.sqrt(squares / Math.max(observations, 1));
  const unit = deviation > 1e-15 ? powerOfTwo(deviation) : 1;
  origin /= unit;
  scale *= unit;
  for (let t = 0; t < out.length; t++) out[t] = out[t] / unit - origin;
  return { values: out, origin, scale, observations };
}

function powerOfTwo(value: number): number {
  return value > 0 ? Math.pow(2, Math.max(Math.floor(Math.log2(value)), -1000)) : 1;
}
