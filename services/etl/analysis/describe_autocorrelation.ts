import { acf, judgeAutocorrelation } from "@pronoia/analytics";
import { LAGS_MAX, type Metadata } from "../../shared/domain/results/metadata.ts";
import type { TimeFunction } from "./time_function.ts";

/** Whether and how a series remembers its past, with the autocorrelation at up to 1,500 lags. */
export function describeAutocorrelation(
  values: Float64Array,
  time: TimeFunction,
): Metadata["autocorrelation"] {
  const judged = time("judgeAutocorrelation", "metadata", () => judgeAutocorrelation(values));
  if (judged.ljungBox === null) {
    return {
      verdict: "not autocorrelated",
      explanation: judged.explanation,
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
    verdict: judged.autocorrelated ? "autocorrelated" : "not autocorrelated",
    explanation: judged.explanation,
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
