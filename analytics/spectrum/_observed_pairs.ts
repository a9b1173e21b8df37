import { lagProducts } from "./_lag_products.ts";

/** How many pairs of values that many steps apart were both observed, for lag 0 … `maxLag`. O(n log n). */
export function observedPairs(
  values: ArrayLike<number>,
  observations: number,
  maxLag: number,
): Float64Array {
  const n = values.length;
  if (observations === n) return Float64Array.from({ length: maxLag + 1 }, (_, lag) => n - lag);
  const observed = Float64Array.from({ length: n }, (_, t) => Number.isNaN(values[t]) ? 0 : 1);
  // Counts are integers; rounding takes off what the transform left behind the decimal point.
  return lagProducts(observed, maxLag).map(Math.round);
}
