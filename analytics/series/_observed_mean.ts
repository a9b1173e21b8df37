/** Mean of the observed values, as a running one, which keeps large values within doubles; 0 of none. */
export function observedMean(values: Float64Array): number {
  let mean = 0;
  let count = 0;
  for (const value of values) if (value === value) mean += (value - mean) / ++count;
  return mean;
}
