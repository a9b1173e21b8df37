/**
 * Share of the variance of component + remainder that the component explains, at least 0 (Wang, Smith & Hyndman
 * 2006): 0 for none, 1 for all of it.
 *
 * Places where the remainder is missing are left out. A series without variance beyond rounding has strength 0.
 *
 * @param scale Largest size of the values the components came from, the yardstick for rounding.
 */
export function componentStrength(component: Float64Array, remainder: Float64Array, scale: number): number {
  let count = 0;
  let remainderMean = 0;
  let sumMean = 0;
  for (let i = 0; i < remainder.length; i++) {
    if (Number.isNaN(remainder[i])) continue;
    count++;
    remainderMean += remainder[i];
    sumMean += component[i] + remainder[i];
  }
  remainderMean /= count;
  sumMean /= count;
  let remainderSquares = 0;
  let sumSquares = 0;
  for (let i = 0; i < remainder.length; i++) {
    if (Number.isNaN(remainder[i])) continue;
    remainderSquares += (remainder[i] - remainderMean) ** 2;
    sumSquares += (component[i] + remainder[i] - sumMean) ** 2;
  }
  if (!(sumSquares > count * (1e-12 * scale) ** 2)) return 0;
  return Math.max(0, 1 - remainderSquares / sumSquares);
}
