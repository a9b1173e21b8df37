import type { RollPlan } from "../components/_roll.ts";

/** Mean absolute error of rolled forecasts over every step that was observed; NaN where none was. */
export function rolledError(means: Float64Array, values: Float64Array, plan: RollPlan): number {
  let sum = 0;
  let count = 0;
  for (const error of rolledErrors(means, values, plan)) {
    if (error !== error) continue;
    sum += Math.abs(error);
    count++;
  }
  return sum / count;
}

/** Value less forecast, entry by entry; NaN where the value is missing or beyond the end. */
export function rolledErrors(means: Float64Array, values: Float64Array, plan: RollPlan): Float64Array {
  const { start, horizon, stride } = plan;
  const errors = new Float64Array(means.length);
  for (let i = 0, first = start; i < errors.length; first += stride) {
    // Beyond the end stands undefined, which makes NaN.
    for (let t = first; t < first + horizon; t++, i++) errors[i] = values[t] - means[i];
  }
  return errors;
}
