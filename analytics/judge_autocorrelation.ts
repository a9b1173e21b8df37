import { describePValue } from "./_describe_p_value.ts";
import { requireFraction, requireInteger, requireKnownOptions, requireObservations } from "./_require.ts";
import { acf } from "./acf.ts";
import { ljungBox, type LjungBoxResult } from "./ljung_box.ts";
import { centre } from "./series/_centre.ts";
import { observedPairs } from "./spectrum/_observed_pairs.ts";

/** What counts as autocorrelated. */
export interface JudgeAutocorrelationOptions {
  /**
   * Probability of calling noise autocorrelated.
   *
   * @default 0.05
   */
  readonly significance?: number;
  /**
   * Number of lags judged together, below the number of values.
   *
   * @default min(10, ⌊n / 5⌋), at least 1
   */
  readonly lags?: number;
}

/** Whether a series remembers its past, and the figures behind that. */
export interface AutocorrelationJudgement {
  /** Whether the first lags together are significant. */
  readonly autocorrelated: boolean;
  /** The test behind the judgement; `null` where nothing can be tested. */
  readonly ljungBox: LjungBoxResult | null;
  /** The lag with the autocorrelation largest in magnitude, in steps; `null` where nothing can be tested. */
  readonly strongestLag: number | null;
  /** That autocorrelation, unitless; `null` where nothing can be tested. */
  readonly strongestValue: number | null;
  /** The judgement in one sentence. */
  readonly explanation: string;
}

/**
 * Judges whether a series is autocorrelated: whether its past tells anything of its future.
 *
 * The Ljung–Box test over the first lags decides; the strongest of these lags comes with it. A series that cannot be
 * tested, being constant, shorter than 3 observations or without a pair of them within the lags, is judged not
 * autocorrelated and says why. Missing values (`NaN`) are skipped as by `acf` and `ljungBox`. O(n · lags).
 *
 * @param values The series in equal steps; `NaN` is missing.
 * @param options How sure to be, over how many lags.
 * @returns The verdict, the test behind it, and a sentence.
 * @throws {RangeError} An infinite value, or an option out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example A metric that repeats every four steps
 * ```ts
 * import { judgeAutocorrelation } from "@pronoia/analytics";
 * import { strictEqual } from "node:assert/strict";
 *
 * const { autocorrelated, strongestLag } = judgeAutocorrelation(
 *   Array.from({ length: 80 }, (_, t) => [5, 1, 1, 1][t % 4]),
 * );
 * strictEqual(autocorrelated, true);
 * strictEqual(strongestLag, 4);
 * ```
 */
export function judgeAutocorrelation(
  values: ArrayLike<number>,
  options: JudgeAutocorrelationOptions = {},
): AutocorrelationJudgement {
  const action = "judge autocorrelation";
  requireKnownOptions(options, ["significance", "lags"], action);
  const observations = requireObservations(values, 0, action);
  const n = values.length;
  const { significance = 0.05, lags = Math.max(1, Math.min(10, Math.floor(n / 5))) } = options;
  requireFraction(significance, "significance", action);
  requireInteger(lags, "lags", { minimum: 1, maximum: Math.max(1, n - 1) }, action);
  if (observations < 3) return untested(`only ${observations} of ${n} values are observed`);
  if (centre(values, observations).constant) return untested("all values are equal");
  if (!observedPairs(values, observations, lags).some((count, lag) => lag * count > 0)) {
    return untested(`no lag up to ${lags} has a pair of observed values`);
  }

  const test = ljungBox(values, { lags });
  const estimates = acf(values, { maxLag: lags }).values;
  let strongestLag = 1;
  for (let lag = 2; lag <= lags; lag++) {
    if (Math.abs(estimates[lag]) > Math.abs(estimates[strongestLag])) strongestLag = lag;
  }
  const pValue = test.pValue[lags - 1];
  const autocorrelated = pValue < significance;
  return {
    autocorrelated,
    ljungBox: test,
    strongestLag,
    strongestValue: estimates[strongestLag],
    explanation:
      `${autocorrelated ? "Autocorrelated" : "Not autocorrelated"}: the Ljung-Box test over ${lags} ` +
      `lag${lags === 1 ? "" : "s"} has ${
        describePValue(pValue)
      }, the strongest is lag ${strongestLag} with ` +
      `${estimates[strongestLag].toFixed(2)}.`,
  };
}

function untested(reason: string): AutocorrelationJudgement {
  return {
    autocorrelated: false,
    ljungBox: null,
    strongestLag: null,
    strongestValue: null,
    explanation: `Nothing can be tested: ${reason}.`,
  };
}
