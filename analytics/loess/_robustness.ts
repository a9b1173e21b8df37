import { selectSmallest } from "../series/_select_smallest.ts";

/**
 * Bisquare weights of a fit (Cleveland et al. 1990, §2.3): values further than six median absolute residuals from
 * it get weight 0, values near it keep theirs.
 *
 * @param residuals Residuals; they are made absolute in place. Entries where `observed` is 0 are ignored.
 * @param weights Receives the weights, 0 at gaps.
 * @param scratch Room for as many values.
 */
export function writeBisquareWeights(
  residuals: Float64Array,
  weights: Float64Array,
  observed: Uint8Array | null,
  scratch: Float64Array,
): void {
  let count = 0;
  for (let i = 0; i < residuals.length; i++) {
    const size = Math.abs(residuals[i]);
    residuals[i] = size;
    if (observed === null || observed[i] === 1) scratch[count++] = size;
  }
  const middle = count >> 1;
  const upper = selectSmallest(scratch, count, middle);
  const lower = (count & 1) === 1 ? upper : largestOf(scratch, middle);
  const limit = 3 * (lower + upper);
  for (let i = 0; i < residuals.length; i++) {
    if (observed !== null && observed[i] === 0) weights[i] = 0;
    else if (limit === 0 || residuals[i] <= 0.001 * limit) weights[i] = 1;
    else if (residuals[i] > 0.999 * limit) weights[i] = 0;
    else {
      const ratio = residuals[i] / limit;
      const complement = 1 - ratio * ratio;
      weights[i] = complement * complement;
    }
  }
}

function largestOf(values: Float64Array, count: number): number {
  let largest = values[0];
  for (let i = 1; i < count; i++) if (values[i] > largest) largest = values[i];
  return largest;
}
