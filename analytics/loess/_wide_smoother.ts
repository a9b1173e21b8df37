import { interpolateBetween } from "./_between.ts";
import { createEdgeSums, type EdgeSums } from "./_edge_sums.ts";
import { fillRows } from "./_fill_rows.ts";
import { createInnerSums, type InnerSums } from "./_inner_sums.ts";
import { type LoessRows, loessRows, type LoessShape, writeKernel } from "./_rows.ts";
import type { LoessSmoother } from "./_loess_smoother.ts";
import { createSparseFits, type SparseFits } from "./_sparse_fits.ts";

/** Share of a window's kernel below which rounding of the sums could show; such rows are summed directly. */
const TOTAL_SHARE_MIN = 1e-3;
/** Spread of a window's weights, in squared units, below which the same holds for its slope. */
const SPREAD_MIN = 1e-3;

/**
 * A loess with a wide window: each local fit is put together from a few weighted sums, and these cost O(log n) per
 * value whatever the window, by moments at the ends of the series and a convolution between them.
 */
export function createWideSmoother(shape: LoessShape): LoessSmoother {
  const { length, window, degree } = shape;
  const rows = loessRows(shape);
  const half = (window - 1) / 2;
  const unit = Math.min(half, length - 1);
  const edges = createEdges(shape, unit);
  const from = window < length ? half : length;
  const to = window < length ? length - half : length;
  const inner = from < to ? createInner(shape, unit) : null;

  const order = degree + 1;
  const sums = Array.from({ length: 2 * degree + 1 }, () => new Float64Array(length));
  const valueSums = Array.from({ length: order }, () => new Float64Array(length));
  const product = new Float64Array(length);
  const fits = new Float64Array(length * 3);
  const fullTotals = new Float64Array(length);
  // The stale window of a last row between two jumps is not the one these sums know.
  const lastRow = rows.positions.length - 1;
  const staleLast = rows.first[lastRow] + rows.count[lastRow] < length;
  let directRows = new Int32Array(0);
  let sparse: SparseFits | null = null;
  let weights: Float64Array = new Float64Array(length).fill(1);
  let observed: Uint8Array | null = null;
  let unweighted = false;
  weigh(null, null);
  sums[0].forEach((total, i) => fullTotals[i] = total);

  function addSums(target: readonly Float64Array[], series: Float64Array): void {
    for (const sum of target) sum.fill(0);
    if (inner !== null) inner.write(target, series, from, to);
    addEdges(target, series);
  }

  function addEdges(target: readonly Float64Array[], series: Float64Array): void {
    edges.addTo(target, series, 0, 1);
    if (inner !== null) edges.addTo(target, series, length - 1, -1);
  }

  function weigh(newWeights: Float64Array | null, newObserved: Uint8Array | null): void {
    observed = newObserved;
    if (newWeights === null && unweighted) return;
    unweighted = newWeights === null;
    weights = newWeights ?? new Float64Array(length).fill(1);
    if (unweighted && inner !== null) {
      // Between the ends all windows are alike, and symmetric.
      for (const sum of sums) sum.fill(0);
      sums[0].fill(inner.total, from, to);
      addEdges(sums, weights);
    } else {
      addSums(sums, weights);
    }
    const direct: number[] = [];
    for (let row = 0; row < rows.positions.length; row++) {
      const position = rows.positions[row];
      const total = sums[0][position];
      const poor = total < TOTAL_SHARE_MIN * fullTotals[position];
      if (poor || (staleLast && row === lastRow) || !writeFit(position, total)) direct.push(row);
    }
    directRows = Int32Array.from(direct);
    sparse = direct.length > 0 ? createSparseFits(rows, shape, weights) : null;
  }

  /** Keeps what turns the two sums of a position into its fit; false if they are too close to rounding. */
  function writeFit(position: number, total: number): boolean {
    const place = 3 * position;
    fits[place] = 1 / total;
    fits[place + 1] = 0;
    fits[place + 2] = 0;
    if (degree === 0 || (unweighted && position >= from && position < to)) return true;
    const centre = sums[1][position] / total;
    const spread = sums[2][position] / total - centre * centre;
    fits[place + 1] = centre;
    fits[place + 2] = -centre / spread;
    return spread > SPREAD_MIN;
  }

  function smooth(values: Float64Array, curve: Float64Array): void {
    for (let i = 0; i < length; i++) product[i] = unweighted ? values[i] : values[i] * weights[i];
    addSums(valueSums, product);
    const levels = valueSums[0];
    const moments = valueSums[order - 1];
    for (let row = 0; row < rows.positions.length; row++) {
      const i = rows.positions[row];
      curve[i] = fits[3 * i] * (levels[i] + fits[3 * i + 2] * (moments[i] - fits[3 * i + 1] * levels[i]));
    }
    let missing = false;
    for (let k = 0; k < directRows.length && sparse !== null; k++) {
      const position = rows.positions[directRows[k]];
      const fitted = sparse.fit(directRows[k], values);
      const keep = Number.isNaN(fitted) && (observed === null || observed[position] === 1);
      curve[position] = keep ? values[position] : fitted;
      missing ||= Number.isNaN(fitted) && !keep;
    }
    if (missing) fillRows(curve, rows.positions);
    interpolateBetween(curve, rows.positions);
  }

  return { weigh, smooth };
}

function createEdges(shape: LoessShape, unit: number): EdgeSums {
  const { length, window } = shape;
  const positions = window < length ? (window - 1) / 2 : length;
  const { bandwidths } = loessRows({ ...shape, jump: 1 });
  return createEdgeSums({
    count: Math.min(window, length),
    bandwidths: bandwidths.subarray(0, positions),
    unit,
  });
}

function createInner(shape: LoessShape, unit: number): InnerSums {
  const half = (shape.window - 1) / 2;
  const middle: LoessRows = {
    positions: Int32Array.of(half),
    first: Int32Array.of(0),
    count: Int32Array.of(shape.window),
    bandwidths: Float64Array.of(half),
  };
  const kernel = new Float64Array(shape.window);
  writeKernel(middle, 0, kernel, 0);
  return createInnerSums(shape.length, kernel, unit);
}
