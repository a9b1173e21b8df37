/** Slope of the least squares line through the observed values of `values[0 … end)`. */
export function slopeOf(values: Float64Array, end: number): number {
  let count = 0;
  let meanTime = 0;
  let mean = 0;
  let cross = 0;
  let squares = 0;
  for (let t = 0; t < end; t++) {
    if (values[t] !== values[t]) continue;
    count++;
    const step = t - meanTime;
    meanTime += step / count;
    mean += (values[t] - mean) / count;
    cross += step * (values[t] - mean);
    squares += step * (t - meanTime);
  }
  return squares > 0 ? cross / squares : 0;
}
