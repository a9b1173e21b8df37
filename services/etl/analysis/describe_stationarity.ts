import { judgeStationarity } from "@pronoia/analytics";
import type { Metadata } from "../../shared/domain/results/metadata.ts";
import type { TimeFunction } from "./time_function.ts";

/** Whether a series returns to a level or a trend, with the figures of both tests. */
export function describeStationarity(values: Float64Array, time: TimeFunction): Metadata["stationarity"] {
  const { verdict, explanation, adf, kpss, regression } = time(
    "judgeStationarity",
    "metadata",
    () => judgeStationarity(values),
  );
  return {
    verdict,
    explanation,
    regression,
    adf: adf && { ...adf, criticalValues: { ...adf.criticalValues } },
    kpss: kpss && { ...kpss, criticalValues: { ...kpss.criticalValues } },
  };
}
