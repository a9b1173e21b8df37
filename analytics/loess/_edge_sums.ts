/**
 * Tricube-weighted sums over one fixed window, seen from many of its positions, each with its own bandwidth.
 *
 * That is a loess at the ends of a series, where the window stands still. On either side of a position the kernel
 * (1 − (d/h)³)³ is a polynomial in the distance d, so that a sum is a combination of running moments: O(1) per
 * position instead of the size of the window. Moments on the left are taken about the window's first value, those on
 * the right about its last: the terms then stay below 2⁹ and rounding below 10⁻¹² of the sum of sizes.
 *
 * The published kernel is flat within 0.001 h and 0 from 0.999 h on; leaving that out moves sums by 10⁻¹¹.
 */
export interface EdgeSums {
  /**
   * Adds, for every position, Σ k(d) dᵖ v to `sums[p]`, d in units of `unit` and signed along the series.
   *
   * @param series The values v.
   * @param origin Index of the window's first value in the series.
   * @param direction 1 forwards, −1 for the mirrored window at the end of a series.
   */
  addTo(sums: readonly Float64Array[], series: Float64Array, origin: number, direction: 1 | -1): void;
}

/** The window and the positions 0 … `bandwidths.length − 1` in it. */
export interface EdgeWindow {
  /** Values in the window. */
  readonly count: number;
  /** Bandwidth of each position. */
  readonly bandwidths: Float64Array;
  /** Unit of distances. */
  readonly unit: number;
}

/** Kernel terms: powers of d/h and their factors in (1 − (d/h)³)³. */
const POWERS = [0, 3, 6, 9] as const;
const FACTORS = [1, -3, 3, -1] as const;
/** Coefficients of a polynomial of degree 9. */
const TERMS = 10;

/** Prepares the sums: the kernels of all positions as polynomials. */
export function createEdgeSums(window: EdgeWindow): EdgeSums {
  const { count, bandwidths, unit } = window;
  const positions = bandwidths.length;
  const binomials = pascalTriangle(TERMS);
  const before = new Float64Array(positions * TERMS);
  const after = new Float64Array(positions * TERMS);
  for (let position = 0; position < positions; position++) {
    const bandwidth = bandwidths[position] / unit;
    writePolynomial(before, position, position / unit, bandwidth, binomials);
    writePolynomial(after, position, (count - 1 - position) / unit, bandwidth, binomials);
  }
  const moments = new Float64Array(TERMS + 2);

  function addTo(
    sums: readonly Float64Array[],
    series: Float64Array,
    origin: number,
    direction: 1 | -1,
  ): void {
    const highest = TERMS + sums.length - 1;
    moments.fill(0);
    for (let position = 0; position < positions; position++) {
      const at = position / unit;
      accumulate(moments, highest, at, series[origin + direction * position]);
      addPosition(sums, origin + direction * position, moments, before, position, at, direction);
    }
    moments.fill(0);
    for (let k = count - 1; k >= positions; k--) {
      accumulate(moments, highest, (count - 1 - k) / unit, series[origin + direction * k]);
    }
    for (let position = positions - 1; position >= 0; position--) {
      const at = (count - 1 - position) / unit;
      addPosition(sums, origin + direction * position, moments, after, position, at, -direction);
      accumulate(moments, highest, at, series[origin + direction * position]);
    }
  }

  return { addTo };
}

function accumulate(moments: Float64Array, highest: number, at: number, value: number): void {
  let power = value;
  for (let q = 0; q < highest; q++) {
    moments[q] += power;
    power *= at;
  }
}

function addPosition(
  sums: readonly Float64Array[],
  index: number,
  moments: Float64Array,
  polynomials: Float64Array,
  position: number,
  at: number,
  sign: number,
): void {
  const start = position * TERMS;
  let zeroth = 0;
  let first = 0;
  let second = 0;
  for (let q = 0; q < TERMS; q++) {
    const coefficient = polynomials[start + q];
    zeroth += coefficient * moments[q];
    first += coefficient * moments[q + 1];
    second += coefficient * moments[q + 2];
  }
  sums[0][index] += zeroth;
  if (sums.length > 1) sums[1][index] += sign * (first - at * zeroth);
  if (sums.length > 2) sums[2][index] += second - 2 * at * first + at * at * zeroth;
}

/** Writes the coefficients, in u, of the kernel at distance `at` − u. */
function writePolynomial(
  polynomials: Float64Array,
  position: number,
  at: number,
  bandwidth: number,
  binomials: readonly Float64Array[],
): void {
  const start = position * TERMS;
  const cube = 1 / (bandwidth * bandwidth * bandwidth);
  let scale = 1;
  for (let term = 0; term < POWERS.length; term++) {
    const power = POWERS[term];
    const binomial = binomials[power];
    // (at − u)^power from the highest power of u down to the constant.
    let factor = (power % 2 === 0 ? 1 : -1) * FACTORS[term] * scale;
    for (let q = power; q >= 0; q--) {
      polynomials[start + q] += factor * binomial[q];
      factor *= -at;
    }
    scale *= cube;
  }
}

function pascalTriangle(size: number): Float64Array[] {
  const rows: Float64Array[] = [];
  for (let n = 0; n < size; n++) {
    const row = new Float64Array(n + 1).fill(1);
    for (let k = 1; k < n; k++) row[k] = rows[n - 1][k - 1] + rows[n - 1][k];
    rows.push(row);
  }
  return rows;
}
