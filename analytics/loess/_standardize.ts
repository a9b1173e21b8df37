/** A series moved and scaled to where sums neither cancel nor overflow. */
export interface StandardSeries {
  /** (value − centre) · 2^−exponent; 0 at gaps. */
  readonly values: Float64Array;
  /** 1 where observed, 0 at gaps; `null` without gaps. */
  readonly observed: Uint8Array | null;
  /** Mean of the observed values. */
  readonly centre: number;
  /** Power of two of the scale; 0 unless values are extreme, as scaling by it is exact. */
  readonly exponent: number;
}

/**
 * Centres a series, and scales it if its size could overflow or underflow in sums.
 *
 * A loess reproduces constants, so that the centre can be taken off and given back to the trend; without it a
 * series around 10¹² would lose digits to its own level.
 */
export function standardize(values: ArrayLike<number>): StandardSeries {
  const length = values.length;
  let largest = 0;
  let observations = 0;
  for (let i = 0; i < length; i++) {
    const size = Math.abs(values[i]);
    if (size > largest) largest = size;
    if (size === size) observations++;
  }
  const exponent = largest > 1e150 || (largest < 1e-150 && largest > 0)
    ? Math.floor(Math.log2(largest)) + 1
    : 0;
  const scaled = new Float64Array(length);
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const value = exponent === 0 ? values[i] : timesPowerOfTwo(values[i], -exponent);
    scaled[i] = value;
    if (value === value) sum += value;
  }
  const centre = sum / observations;
  if (observations === length) {
    for (let i = 0; i < length; i++) scaled[i] -= centre;
    return { values: scaled, observed: null, centre, exponent };
  }
  const observed = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    observed[i] = scaled[i] === scaled[i] ? 1 : 0;
    scaled[i] = observed[i] === 1 ? scaled[i] - centre : 0;
  }
  return { values: scaled, observed, centre, exponent };
}

/** Gives a component back its scale, and `centre` if it carries the level; in place. */
export function restoreScale(component: Float64Array, exponent: number, centre: number): Float64Array {
  if (exponent === 0 && centre === 0) return component;
  for (let i = 0; i < component.length; i++) {
    const value = component[i] + centre;
    component[i] = exponent === 0 ? value : timesPowerOfTwo(value, exponent);
    if (Math.abs(component[i]) === Infinity) {
      throw new RangeError(
        `Cannot decompose as every component must be a finite number: it overflows at index ${i}`,
      );
    }
  }
  return component;
}

/** Multiplies by a power of two, also by one that is no double itself. */
export function timesPowerOfTwo(value: number, exponent: number): number {
  // Two steps, as 2^1074 itself is not a number of this format.
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}
