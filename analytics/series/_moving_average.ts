/**
 * Moving averages over one cycle: plain for an odd period, and for an even one over period + 1 values, the outer two
 * at half weight. NaN where the window leaves the series: half a cycle on either side, or all of it at the start.
 *
 * No sum is carried past a cycle, so that a value too large for its neighbours' digits is forgotten with its window.
 * O(n).
 */
export function movingAverage(values: Float64Array, period: number, twoSided: boolean): Float64Array {
  const even = period % 2 === 0;
  const width = even ? period + 1 : period;
  const shift = twoSided ? (width - 1) / 2 : width - 1;
  const average = new Float64Array(values.length).fill(NaN);
  const sums = movingSums(values, width);
  for (let t = 0; t < sums.length; t++) {
    const ends = even ? (values[t] + values[t + width - 1]) / 2 : 0;
    average[t + shift] = (sums[t] - ends) / period;
  }
  return average;
}

/**
 * Sums of all runs of `width` values: the rest of the block a run begins in, added up from its end, and what it takes
 * of the next block. Nothing is ever subtracted (van Herk 1992).
 */
function movingSums(values: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(values.length - width + 1);
  const rests = new Float64Array(width);
  for (let start = 0; start < sums.length; start += width) {
    let rest = 0;
    for (let j = width - 1; j >= 0; j--) rests[j] = rest += values[start + j];
    sums[start] = rests[0];
    const end = Math.min(width, sums.length - start);
    for (let j = 1, next = 0; j < end; j++) {
      next += values[start + width + j - 1];
      sums[start + j] = rests[j] + next;
    }
  }
  return sums;
}
