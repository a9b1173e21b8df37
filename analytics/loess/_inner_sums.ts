import { fourierTransform } from "../fourier/_fourier_transform.ts";
import { unitCircle } from "../fourier/_unit_circle.ts";

/**
 * Sums of a series under a kernel that moves along with the position: Σ k(d) dᵖ v[i + d] for p = 0, 1, 2.
 *
 * They are convolutions, done in the frequency domain: O(n log n) whatever the size of the window. The transform
 * wraps around, which spoils half a window at either end only, where the sums of a standing window are needed anyway.
 */
export interface InnerSums {
  /** Σ k(d), what the kernel weighs by itself. */
  readonly total: number;
  /** Writes the sums of `series` to `sums[p]` from index `from` up to, not including, index `to`. */
  write(sums: readonly Float64Array[], series: Float64Array, from: number, to: number): void;
}

/**
 * @param length Length of the series.
 * @param kernel k(d) for d = −half … half.
 * @param unit Unit of the distance d.
 */
export function createInnerSums(length: number, kernel: Float64Array, unit: number): InnerSums {
  const size = Math.max(8, 2 ** Math.ceil(Math.log2(length)));
  const circle = unitCircle(size);
  const lower = new Float64Array(size);
  const upper = new Float64Array(size);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  let upperKnown = false;

  // k is even and k·d odd, so that the transform of k + i·k·d is real, and its mirror image is what T₀ + i·T₁ takes.
  writeKernelSpectrum(lower, false);

  function writeKernelSpectrum(spectrum: Float64Array, squared: boolean): void {
    re.fill(0);
    im.fill(0);
    const half = (kernel.length - 1) / 2;
    for (let d = -half; d <= half; d++) {
      const place = d < 0 ? d + size : d;
      const distance = d / unit;
      re[place] = kernel[d + half] * (squared ? distance * distance : 1);
      im[place] = squared ? 0 : kernel[d + half] * distance;
    }
    fourierTransform(re, im, circle);
    spectrum[0] = re[0] / size;
    for (let k = 1; k < size; k++) spectrum[k] = re[size - k] / size;
  }

  function convolve(spectrum: Float64Array): void {
    for (let k = 0; k < size; k++) {
      re[k] *= spectrum[k];
      im[k] *= spectrum[k];
    }
    // With the parts exchanged the transform is the inverse one.
    fourierTransform(im, re, circle);
  }

  function load(series: Float64Array): void {
    re.set(series);
    re.fill(0, length);
    im.fill(0);
    fourierTransform(re, im, circle);
  }

  function write(sums: readonly Float64Array[], series: Float64Array, from: number, to: number): void {
    load(series);
    convolve(lower);
    sums[0].set(re.subarray(from, to), from);
    if (sums.length > 1) sums[1].set(im.subarray(from, to), from);
    if (sums.length > 2) {
      if (!upperKnown) writeKernelSpectrum(upper, true);
      upperKnown = true;
      load(series);
      convolve(upper);
      sums[2].set(re.subarray(from, to), from);
    }
  }

  return { total: kernel.reduce((sum, weight) => sum + weight, 0), write };
}
