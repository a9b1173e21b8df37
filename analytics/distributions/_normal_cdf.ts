/**
 * Probability that a standard normal variable is at most `z`.
 *
 * Cody (1969), "Rational Chebyshev approximations for the error function", Mathematics of Computation 23, 631–637,
 * in the arrangement of Cody (1993), algorithm 715. Relative error below 1e-14 in both tails, down to 1e-308;
 * `simple-statistics` looks `cumulativeStdNormalProbability` up in a table of four digits. O(1).
 *
 * @param z Any number; ±Infinity gives 0 or 1.
 */
export function normalCdf(z: number): number {
  const distance = Math.abs(z);
  if (distance <= 0.67448975) {
    const square = distance > 1e-16 ? z * z : 0;
    let above = CENTRE_NUMERATOR[4] * square;
    let below = square;
    for (let i = 0; i < 3; i++) {
      above = (above + CENTRE_NUMERATOR[i]) * square;
      below = (below + CENTRE_DENOMINATOR[i]) * square;
    }
    return 0.5 + z * (above + CENTRE_NUMERATOR[3]) / (below + CENTRE_DENOMINATOR[3]);
  }
  const tail = distance <= Math.sqrt(32) ? middleTail(distance) : farTail(distance);
  return z < 0 ? tail : 1 - tail;
}

/** Probability that a standard normal variable exceeds `z`, with full relative accuracy for large `z`. */
export function normalSurvival(z: number): number {
  return normalCdf(-z);
}

function middleTail(z: number): number {
  let above = MIDDLE_NUMERATOR[8] * z;
  let below = z;
  for (let i = 0; i < 7; i++) {
    above = (above + MIDDLE_NUMERATOR[i]) * z;
    below = (below + MIDDLE_DENOMINATOR[i]) * z;
  }
  return halfSquareExponential(z) * (above + MIDDLE_NUMERATOR[7]) / (below + MIDDLE_DENOMINATOR[7]);
}

function farTail(z: number): number {
  if (z > 39) return 0;
  const square = 1 / (z * z);
  let above = FAR_NUMERATOR[5] * square;
  let below = square;
  for (let i = 0; i < 4; i++) {
    above = (above + FAR_NUMERATOR[i]) * square;
    below = (below + FAR_DENOMINATOR[i]) * square;
  }
  const correction = square * (above + FAR_NUMERATOR[4]) / (below + FAR_DENOMINATOR[4]);
  return halfSquareExponential(z) * (INVERSE_ROOT_TWO_PI - correction) / z;
}

/** exp(-z²/2) with z split in two, as squaring a large z rounds away digits that the exponential would show. */
function halfSquareExponential(z: number): number {
  const coarse = Math.trunc(z * 16) / 16;
  return Math.exp(-coarse * coarse / 2) * Math.exp(-(z - coarse) * (z + coarse) / 2);
}

const INVERSE_ROOT_TWO_PI = 0.398942280401432677939946059934;
const CENTRE_NUMERATOR = [
  2.2352520354606839287,
  161.02823106855587881,
  1067.6894854603709582,
  18154.981253343561249,
  0.065682337918207449113,
];
const CENTRE_DENOMINATOR = [
  47.20258190468824187,
  976.09855173777669322,
  10260.932208618978205,
  45507.789335026729956,
];
const MIDDLE_NUMERATOR = [
  0.39894151208813466764,
  8.8831497943883759412,
  93.506656132177855979,
  597.27027639480026226,
  2494.5375852903726711,
  6848.1904505362823326,
  11602.651437647350124,
  9842.7148383839780218,
  1.0765576773720192317e-8,
];
const MIDDLE_DENOMINATOR = [
  22.266688044328115691,
  235.38790178262499861,
  1519.377599407554805,
  6485.558298266760755,
  18615.571640885098091,
  34900.952721145977266,
  38912.003286093271411,
  19685.429676859990727,
];
const FAR_NUMERATOR = [
  0.21589853405795699,
  0.1274011611602473639,
  0.022235277870649807,
  0.001421619193227893466,
  2.9112874951168792e-5,
  0.02307344176494017303,
];
const FAR_DENOMINATOR = [
  1.28426009614491121,
  0.468238212480865118,
  0.0659881378689285515,
  0.00378239633202758244,
  7.29751555083966205e-5,
];
