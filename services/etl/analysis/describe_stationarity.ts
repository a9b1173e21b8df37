import { judgeStationarity } from "@pronoia/analytics";
import { countObserved } from "../../shared/domain/results/count_observed.ts";
import type { Metadata } from "../../shared/domain/results/metadata.ts";
import type { TimeFunction } from "./time_function.ts";

/** Of fewer values the tests take a walk for steady, and what is steady for a walk, more often than they promise. */
const OBSERVATIONS_MIN = 80;

/** Whether a series returns to a level or a trend, with the figures of both tests. */
export function describeStationarity(values: Float64Array, time: TimeFunction): Metadata["stationarity"] {
  const { verdict, explanation, adf, kpss, regression } = time(
    "judgeStationarity",
    "metadata",
    () => judgeStationarity(values),
  );
  const observations = countObserved(values);
  // Of a constant, or a line without error, nothing was tested: it is plain to see.
  const isPlain = verdict === "constant" || verdict === "trend-stationary" && kpss === null;
  const isKnown = isPlain || observations >= OBSERVATIONS_MIN;
  return {
    verdict: isKnown ? verdict : "unknown",
    explanation: isKnown
      ? explanation
      : `Unknown: ${observations} values are too few to tell drifting from steady, which takes ${OBSERVATIONS_MIN}.`,
    regression,
    adf: adf && { ...adf, criticalValues: { ...adf.criticalValues } },
    kpss: kpss && { ...kpss, criticalValues: { ...kpss.criticalValues } },
  };
}
