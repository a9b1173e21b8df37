import { acf, judgeAutocorrelation } from "@pronoia/analytics";
import { countObserved } from "../../shared/domain/results/count_observed.ts";
import { LAGS_MAX, type Metadata } from "../../shared/domain/results/metadata.ts";
import type { TimeFunction } from "./time_function.ts";

/** Of fewer values memory is overlooked as often as not. */
const OBSERVATIONS_MIN = 20;

/** Whether and how a series remembers its past, with the autocorrelation at up to 1,500 lags. */
export function describeAutocorrelation(
  values: Float64Array,
  time: TimeFunction,
): Metadata["autocorrelation"] {
  const judged = time("judgeAutocorrelation", "metadata", () => judgeAutocorrelation(values));
  const observations = countObserved(values);
  const verdict = observations < OBSERVATIONS_MIN
    ? {
      verdict: "unknown",
      explanation: `Unknown: ${observations} values are too few to tell memory from chance, ` +
        `which takes ${OBSERVATIONS_MIN}.`,
    }
    : {
      verdict: judged.autocorrelated ? "autocorrelated" : "not autocorrelated",
      explanation: judged.explanation,
    };
  if (judged.ljungBox === null) {
    return {
      ...verdict,
      values: [],
      lower: [],
      upper: [],
      ljungBox: null,
      strongestLag: null,
      strongestValue: null,
    };
  }
  const maxLag = Math.min(values.length - 1, LAGS_MAX);
  const estimate = time("acf", "metadata", () => acf(values, { maxLag }));
  return {
    ...verdict,
    values: [...estimate.values],
    lower: [...estimate.lower],
    upper: [...estimate.upper],
    ljungBox: {
      lags: judged.ljungBox.statistic.length,
      statistic: judged.ljungBox.statistic.at(-1),
      pValue: judged.ljungBox.pValue.at(-1),
    },
    strongestLag: judged.strongestLag,
    strongestValue: judged.strongestValue,
  };
}
