import type { RollPlan } from "../components/_roll.ts";

/** Mean absolute error of rolled forecasts over every step that was observed; NaN where none was. */
export function rolledError(means: Float64Array, values: Float64Array, plan: RollPlan): number {
  const { start, horizon, stride, origins } = plan;
  let sum = 0;
  let count = 0;
  for (let r = 0; r < origins; r++) {
    const first = start + r * stride;
    for (let k = 0; k < horizon && first + k < values.length; k++) {
      const error = Math.abs(values[first + k] - means[r * horizon + k]);
      if (error === error) {
        sum += error;
        count++;
      }
    }
  }
  return sum / count;
}

/** Value less forecast, entry by entry; NaN where the value is missing or beyond the end. */
export function rolledErrors(means: Float64Array, values: Float64Array, plan: RollPlan): Float64Array {
  const { start, horizon, stride } = plan;
  return means.map((mean, i) => {
    const t = start + Math.floor(i / horizon) * stride + i % horizon;
    return t < values.length ? values[t] - mean : NaN;
  });
}
