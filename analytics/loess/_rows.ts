/**
 * Where a loess of a whole series looks from, and what it sees: one row per evaluated position, each with its
 * window and its tricube kernel.
 *
 * Windows, bandwidths and the treatment of jumps follow Cleveland et al. (1990), so that decompositions agree with
 * the published program to rounding.
 */

/** The shape of a smoother. */
export interface LoessShape {
  /** Number of values. */
  readonly length: number;
  /** Odd number of neighbours a local fit sees; may exceed `length`, which widens the kernel. */
  readonly window: number;
  /** Degree of the local polynomial. */
  readonly degree: 0 | 1;
  /** Distance of evaluated positions; between them the curve is a straight line. */
  readonly jump: number;
}

/** Evaluated positions with their windows. */
export interface LoessRows {
  /** Index a row is evaluated at; −1 and `length` look one step outside. */
  readonly positions: Int32Array;
  /** First index of a row's window. */
  readonly first: Int32Array;
  /** Size of a row's window. */
  readonly count: Int32Array;
  /** Distance at which a row's kernel reaches 0. */
  readonly bandwidths: Float64Array;
}

/** The rows within the series: every `jump`-th position, and the last one. */
export function loessRows(shape: LoessShape): LoessRows {
  const { length } = shape;
  const jump = Math.min(shape.jump, Math.max(1, length - 1));
  const positions: number[] = [];
  for (let position = 0; position < length; position += jump) positions.push(position);
  const last = positions[positions.length - 1];
  const rows = emptyRows(positions.length + (last === length - 1 ? 0 : 1));
  positions.forEach((position, row) => setRow(rows, row, position, windowStart(shape, position), shape));
  if (last !== length - 1) {
    // The published program looks from the last value through the window of the row before it.
    setRow(rows, positions.length, length - 1, windowStart(shape, last), shape);
  }
  return rows;
}

/** The two rows one step before and one step after the series. */
export function outerRows(shape: LoessShape): LoessRows {
  const rows = emptyRows(2);
  setRow(rows, 0, -1, 0, shape);
  setRow(rows, 1, shape.length, Math.max(0, shape.length - shape.window), shape);
  return rows;
}

/** Writes the tricube kernel of one row to `kernel`, from index `offset` on. */
export function writeKernel(rows: LoessRows, row: number, kernel: Float64Array, offset: number): void {
  const first = rows.first[row] - rows.positions[row];
  for (let k = 0; k < rows.count[row]; k++) {
    kernel[offset + k] = tricube(Math.abs(first + k), rows.bandwidths[row]);
  }
}

/**
 * The tricube kernel (1 − (d/h)³)³, with the shoulders of the published program: 1 up to 0.001 h, 0 beyond 0.999 h.
 */
export function tricube(distance: number, bandwidth: number): number {
  if (distance > 0.999 * bandwidth) return 0;
  if (distance <= 0.001 * bandwidth) return 1;
  const ratio = distance / bandwidth;
  const complement = 1 - ratio * ratio * ratio;
  return complement * complement * complement;
}

function windowStart({ length, window }: LoessShape, position: number): number {
  if (window >= length) return 0;
  return Math.min(Math.max(position - (window - 1) / 2, 0), length - window);
}

function setRow(rows: LoessRows, row: number, position: number, first: number, shape: LoessShape): void {
  const { length, window } = shape;
  const count = Math.min(window, length);
  const widening = window > length ? Math.floor((window - length) / 2) : 0;
  rows.positions[row] = position;
  rows.first[row] = first;
  rows.count[row] = count;
  rows.bandwidths[row] = Math.max(position - first, first + count - 1 - position) + widening;
}

function emptyRows(size: number): LoessRows {
  return {
    positions: new Int32Array(size),
    first: new Int32Array(size),
    count: new Int32Array(size),
    bandwidths: new Float64Array(size),
  };
}
