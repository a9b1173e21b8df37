import { describePValue } from "./_describe_p_value.ts";
import { requireFraction, requireKnownOptions, requireObservations } from "./_require.ts";
import { type AdfResult, adfTest } from "./adf.ts";
import { type KpssResult, kpssTest } from "./kpss.ts";
import { longestCompleteRun } from "./series/_longest_complete_run.ts";
import { centre } from "./series/_centre.ts";
import { liesOnTrend } from "./stationarity/_detrend.ts";

/** What counts as evidence. */
export interface JudgeStationarityOptions {
  /**
   * Level of both tests, within 0.01 … 0.1, which is as far as the table of the KPSS test goes.
   *
   * @default 0.05
   */
  readonly significance?: number;
}

/** What a series returns to: its level, its trend, nothing; or why it cannot be said. */
export type StationarityVerdict =
  | "stationary"
  | "trend-stationary"
  | "unit-root"
  | "inconclusive"
  | "constant";

/** Whether a series is stationary, and the figures behind that. */
export interface StationarityJudgement {
  /** The judgement in a word. */
  readonly verdict: StationarityVerdict;
  /** The unit-root test the verdict rests on; `null` where it could not be run. */
  readonly adf: AdfResult | null;
  /** The stationarity test the verdict rests on; `null` where it could not be run. */
  readonly kpss: KpssResult | null;
  /** What both tests assumed the series returns to: a level (`"c"`) or a line (`"ct"`). */
  readonly regression: "c" | "ct";
  /** Index of the first value that was judged: gaps are left out by judging the longest run without one. */
  readonly fromIndex: number;
  /** Index after the last value that was judged. */
  readonly toIndex: number;
  /** The judgement in one sentence. */
  readonly explanation: string;
}

/**
 * Judges whether a series is stationary by two tests with opposite hypotheses.
 *
 * Around a level first: if `adfTest` rejects the unit root and `kpssTest` does not reject stationarity, the series is
 * `"stationary"`. Else around a line, by the same rule: `"trend-stationary"`. Else, if no unit root was rejected but
 * stationarity was, `"unit-root"`; tests that contradict each other, or have too little to go by, are
 * `"inconclusive"`. Two or more equal values are `"constant"`, and values on a line without error are
 * `"trend-stationary"`.
 *
 * Neither test knows gaps. Where values are missing (`NaN`), the longest run without a gap is judged, and the result
 * says which; with fewer than 20 values in it, or equal ones while others differ, the verdict is `"inconclusive"`.
 * O(n · n^¼).
 *
 * @param values The series in equal steps; `NaN` is missing.
 * @param options How sure to be.
 * @returns The verdict, the tests behind it, and a sentence.
 * @throws {RangeError} An infinite value, or a significance outside 0.01 … 0.1.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example Noise, and noise on a slope
 * ```ts
 * import { judgeStationarity } from "@pronoia/analytics";
 * import { strictEqual } from "node:assert/strict";
 *
 * const noise = Array.from({ length: 300 }, (_, t) => Math.sin(t * t));
 * strictEqual(judgeStationarity(noise).verdict, "stationary");
 * strictEqual(judgeStationarity(noise.map((value, t) => value + t)).verdict, "trend-stationary");
 * ```
 */
export function judgeStationarity(
  values: ArrayLike<number>,
  options: JudgeStationarityOptions = {},
): StationarityJudgement {
  const action = "judge stationarity";
  requireKnownOptions(options, ["significance"], action);
  const { significance = 0.05 } = options;
  requireFraction(significance, "significance", action);
  if (significance < 0.01 || significance > 0.1) {
    throw new RangeError(
      `Cannot ${action} as "significance" must be between 0.01 and 0.1, where the KPSS table ends: ` +
        `found ${significance}`,
    );
  }
  const observations = requireObservations(values, 0, action);
  const { fromIndex, toIndex } = longestCompleteRun(values);
  const run = Float64Array.from({ length: toIndex - fromIndex }, (_, i) => values[fromIndex + i]);
  const judged = judgeRun(run, significance, observations > 1 && centre(values, observations).constant);
  const gaps = run.length === values.length
    ? ""
    : ` Judged is the longest stretch without a gap: ${run.length} of ${values.length} steps.`;
  return { ...judged, fromIndex, toIndex, explanation: judged.explanation + gaps };
}

type Judged = Omit<StationarityJudgement, "fromIndex" | "toIndex">;

function judgeRun(run: Float64Array, significance: number, constant: boolean): Judged {
  if (constant) return untested("constant", "c", "Constant: all values are equal.");
  if (run.length < SHORTEST_RUN) {
    return untested(
      "inconclusive",
      "c",
      `Inconclusive: ${SHORTEST_RUN} consecutive values are needed, ${run.length} found.`,
    );
  }
  const { deviations, constant: flat } = centre(run, run.length);
  if (flat) {
    return untested(
      "inconclusive",
      "c",
      "Inconclusive: the values that are judged are equal, others are not.",
    );
  }
  if (liesOnTrend(deviations, 1)) {
    return untested("trend-stationary", "ct", "Trend-stationary: the values lie on a line without error.");
  }
  const level = runTests(run, "c", significance);
  if (level.returns) return conclude("stationary", level);
  const trend = runTests(run, "ct", significance);
  if (trend.returns) return conclude("trend-stationary", trend);
  if (!level.rejectsUnitRoot && !trend.rejectsUnitRoot && level.rejectsStationarity) {
    return conclude("unit-root", level);
  }
  return conclude("inconclusive", level);
}

interface Tests {
  readonly regression: "c" | "ct";
  readonly adf: AdfResult | null;
  readonly kpss: KpssResult;
  readonly rejectsUnitRoot: boolean;
  readonly rejectsStationarity: boolean;
  /** Whether both tests say that the series returns. */
  readonly returns: boolean;
}

function runTests(run: Float64Array, regression: "c" | "ct", significance: number): Tests {
  const kpss = kpssTest(run, { regression });
  const rejectsStationarity = kpss.pValue <= significance && kpss.pValueBound !== "above";
  const adf = adfUnlessDetermined(run, regression);
  // A series that follows its own past without error, such as a sine, has no shocks that could persist.
  const rejectsUnitRoot = adf === null || adf.pValue < significance;
  return {
    regression,
    adf,
    kpss,
    rejectsUnitRoot,
    rejectsStationarity,
    returns: rejectsUnitRoot && !rejectsStationarity,
  };
}

function adfUnlessDetermined(run: Float64Array, regression: "c" | "ct"): AdfResult | null {
  try {
    return adfTest(run, { regression });
  } catch (error) {
    // The run is complete, long enough and not on a line: the one reason left is that no error remains.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function conclude(verdict: StationarityVerdict, tests: Tests): Judged {
  const { adf, kpss, regression } = tests;
  const around = regression === "c" ? "level" : "line";
  const unitRoot = adf === null
    ? "the values follow their own past without error"
    : `the unit root ${tests.rejectsUnitRoot ? "is" : "is not"} rejected (ADF ${describePValue(adf.pValue)})`;
  const sign = { exact: "=", below: "<", above: ">" }[kpss.pValueBound];
  const stationarity = `stationarity around a ${around} ${
    tests.rejectsStationarity ? "is" : "is not"
  } rejected (KPSS p ${sign} ${kpss.pValue.toPrecision(2)})`;
  const word = verdict[0].toUpperCase() + verdict.slice(1);
  return { verdict, adf, kpss, regression, explanation: `${word}: ${unitRoot}, ${stationarity}.` };
}

function untested(verdict: StationarityVerdict, regression: "c" | "ct", explanation: string): Judged {
  return { verdict, adf: null, kpss: null, regression, explanation };
}

/** Below this, the asymptotic tables of both tests say little. */
const SHORTEST_RUN = 20;
