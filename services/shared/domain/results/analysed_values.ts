import { counterRate } from "@pronoia/analytics";
import type { MetricType } from "../series.ts";

/** Values on a grid: entry k is at `startMs + k · stepMs`, a missing one is `NaN`. */
export interface GridValues {
  readonly startMs: number;
  readonly stepMs: number;
  readonly values: Float64Array;
}

/**
 * What of a series is analysed and shown: a counter as its rate per second since the sample before, everything else
 * as it is. The first value of a counter has no rate, so read one step more than is wanted.
 */
export function analysedValues(samples: GridValues, type: MetricType): GridValues {
  if (type !== "counter") return samples;
  const timesMs = Float64Array.from(samples.values, (_, k) => samples.startMs + k * samples.stepMs);
  return { ...samples, values: counterRate({ timesMs, values: samples.values }).values };
}
