import { requireNoOverflow, requireObservations, requireSameLength } from "../_require.ts";

/**
 * Mean of a loss over the steps at which both series are observed.
 *
 * The sum is taken over losses divided by their number only where it would overflow otherwise, as the division costs
 * the digits of very small losses.
 */
export function meanLoss(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  action: string,
  loss: (actual: number, predicted: number, index: number) => number,
): number {
  requireObservations(actual, 0, action);
  requireObservations(predicted, 0, action);
  requireSameLength(actual, predicted, action);
  let pairs = 0;
  const total = (share: number): number => {
    let sum = 0;
    pairs = 0;
    for (let i = 0; i < actual.length; i++) {
      if (Number.isNaN(actual[i]) || Number.isNaN(predicted[i])) continue;
      sum += loss(actual[i], predicted[i], i) * share;
      pairs++;
    }
    return sum;
  };
  const sum = total(1);
  if (pairs === 0) {
    throw new RangeError(`Cannot ${action} as at least 1 observed pair is needed: found 0`);
  }
  // Where the sum overflows, the mean may not.
  const mean = Number.isFinite(sum) ? sum / pairs : total(1 / pairs);
  requireNoOverflow(mean, "the result", action);
  return mean;
}
