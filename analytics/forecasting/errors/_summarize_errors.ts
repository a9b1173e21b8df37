import type { BacktestSummary } from "../../forecast_model.ts";
import { observedMean } from "../../series/_observed_mean.ts";
import { ROUNDING } from "../../series/_unit.ts";

/** Mean absolute change over one cycle: the scale of MASE. */
export function maseScale(values: Float64Array, period: number): number {
  return observedMean(values.subarray(period).map((value, t) => Math.abs(value - values[t])));
}

/** The errors over all origins and steps, and what they are to be held against. */
export function summarizeErrors(
  errors: Float64Array,
  scale: number,
  coverage: number,
): Omit<BacktestSummary, "standardDeviation"> {
  let absolute = 0;
  let squares = 0;
  let count = 0;
  for (const error of errors) {
    if (error !== error) continue;
    count++;
    const size = Math.abs(error) > ROUNDING ? Math.abs(error) : 0;
    absolute += (size - absolute) / count;
    squares += (size * size - squares) / count;
  }
  return {
    mae: absolute,
    rmse: Math.sqrt(squares),
    mase: scale > 0 ? absolute / scale : null,
    coverage,
  };
}
