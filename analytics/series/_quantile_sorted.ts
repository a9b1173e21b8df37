/**
 * Quantile of sorted values by linear interpolation between the two nearest (type 7 of Hyndman & Fan 1996).
 *
 * The default of R, NumPy and pandas. `simple-statistics` takes the nearest value instead (type 2). O(1).
 */
export function quantileSorted(sorted: ArrayLike<number>, probability: number): number {
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  const weight = position - below;
  // Weighted this way round, two neighbours of opposite sign and huge size cannot overflow.
  return sorted[below] * (1 - weight) + sorted[above] * weight;
}
