/** Sines and cosines of the angles 2πk / size, the one table every transform of up to `size` points needs. */
export interface UnitCircle {
  /** Number of angles in a full turn. */
  readonly size: number;
  /** Cosines of the full turn. */
  readonly cosines: Float64Array;
  /** Sines of the full turn. */
  readonly sines: Float64Array;
}

/**
 * Computes the table.
 *
 * Where a quarter turn is a whole number of angles, only an eighth of the circle is computed, and sines and cosines
 * are views of one array, a quarter apart. O(size).
 *
 * @param size A positive integer.
 */
export function unitCircle(size: number): UnitCircle {
  if (size % 4 !== 0) {
    const angle = (k: number) => 2 * Math.PI * k / size;
    const cosines = Float64Array.from({ length: size }, (_, k) => Math.cos(angle(k)));
    return { size, cosines, sines: Float64Array.from({ length: size }, (_, k) => Math.sin(angle(k))) };
  }
  const [half, quarter, eighth] = [size / 2, size / 4, size / 8];
  const wave = new Float64Array(size + quarter);
  // Sums of a coarse and a fine angle: 2√eighth sines instead of eighth, still within 2 units in the last place.
  const fine = 2 ** Math.max(0, Math.ceil(Math.log2(eighth) / 2));
  for (let k = 0; k < fine && k <= eighth; k++) {
    wave[k] = Math.sin(2 * Math.PI * k / size);
    wave[quarter - k] = Math.cos(2 * Math.PI * k / size);
  }
  for (let coarse = fine; coarse <= eighth; coarse += fine) {
    const sine = Math.sin(2 * Math.PI * coarse / size);
    const cosine = Math.cos(2 * Math.PI * coarse / size);
    for (let k = 0; k < fine && coarse + k <= eighth; k++) {
      wave[coarse + k] = sine * wave[quarter - k] + cosine * wave[k];
      wave[quarter - coarse - k] = cosine * wave[quarter - k] - sine * wave[k];
    }
  }
  for (let k = quarter + 1; k < half; k++) wave[k] = wave[half - k];
  for (let k = half; k < wave.length; k++) wave[k] = -wave[k - half];
  return { size, cosines: wave.subarray(quarter), sines: wave.subarray(0, size) };
}
