import { type LoessRows, type LoessShape, writeKernel } from "./_rows.ts";

/**
 * Local fits by direct summation: the kernel of every row is known beforehand, so that a fit is two passes over
 * its window without a power or an allocation.
 */
export interface LocalFits {
  readonly rows: LoessRows;
  /** Fits row `row` to `values[offset + stride · i]` under `weights` of the same layout; NaN where all are 0. */
  fit(row: number, values: Float64Array, weights: Float64Array, offset: number, stride: number): number;
  /** The row as coefficients: a fit without weights is their dot product with the window. */
  coefficients(row: number): Float64Array;
}

/** Prepares the fits of `rows`; rows that see the same distances share one kernel. */
export function createLocalFits(rows: LoessRows, shape: LoessShape): LocalFits {
  const { kernels, starts } = sharedKernels(rows);
  const coefficients = new Map<number, Float64Array>();
  // Below this spread of the window's weights a slope is noise, and the published program drops it.
  const spreadMin = (0.001 * (shape.length - 1)) ** 2;

  function fit(
    row: number,
    values: Float64Array,
    weights: Float64Array,
    offset: number,
    stride: number,
  ): number {
    const start = starts[row];
    const count = rows.count[row];
    const base = offset + rows.first[row] * stride;
    let total = 0;
    let moment = 0;
    let sum = 0;
    for (let k = 0, i = base; k < count; k++, i += stride) {
      const weight = kernels[start + k] * weights[i];
      total += weight;
      moment += weight * k;
      sum += weight * values[i];
    }
    if (!(total > 0)) return NaN;
    if (shape.degree === 0) return sum / total;
    const centre = moment / total;
    let spread = 0;
    let slope = 0;
    for (let k = 0, i = base; k < count; k++, i += stride) {
      const weighted = kernels[start + k] * weights[i] * (k - centre);
      spread += weighted * (k - centre);
      slope += weighted * values[i];
    }
    if (!(spread / total > spreadMin)) return sum / total;
    return sum / total + (rows.positions[row] - rows.first[row] - centre) * slope / spread;
  }

  function rowCoefficients(row: number): Float64Array {
    const known = coefficients.get(starts[row]);
    if (known !== undefined) return known;
    const count = rows.count[row];
    const kernel = kernels.subarray(starts[row], starts[row] + count);
    const result = new Float64Array(count);
    let total = 0;
    let moment = 0;
    for (let k = 0; k < count; k++) {
      total += kernel[k];
      moment += kernel[k] * k;
    }
    const centre = moment / total;
    let spread = 0;
    for (let k = 0; k < count; k++) spread += kernel[k] * (k - centre) ** 2;
    const lever = shape.degree === 1 && spread / total > spreadMin
      ? (rows.positions[row] - rows.first[row] - centre) * total / spread
      : 0;
    for (let k = 0; k < count; k++) result[k] = kernel[k] / total * (1 + lever * (k - centre));
    coefficients.set(starts[row], result);
    return result;
  }

  return { rows, fit, coefficients: rowCoefficients };
}

function sharedKernels(rows: LoessRows): { kernels: Float64Array; starts: Int32Array } {
  const size = rows.positions.length;
  const starts = new Int32Array(size);
  let room = 0;
  for (let row = 0; row < size; row++) {
    const same = row > 0 && seesTheSame(rows, row, row - 1);
    starts[row] = same ? starts[row - 1] : room;
    if (!same) room += rows.count[row];
  }
  const kernels = new Float64Array(room);
  for (let row = 0; row < size; row++) {
    if (row === 0 || starts[row] !== starts[row - 1]) writeKernel(rows, row, kernels, starts[row]);
  }
  return { kernels, starts };
}

function seesTheSame(rows: LoessRows, row: number, other: number): boolean {
  return rows.positions[row] - rows.first[row] === rows.positions[other] - rows.first[other] &&
    rows.count[row] === rows.count[other] && rows.bandwidths[row] === rows.bandwidths[other];
}
