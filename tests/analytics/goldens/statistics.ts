import type { AdfLagSelection, AdfRegression, KpssRegression } from "@pronoia/analytics";
import statsmodels from "./statistics.json" with { type: "json" };
import r from "./statistics_r.json" with { type: "json" };

/** A series and what statsmodels and pandas say about it; those with gaps lack the tests that refuse gaps. */
export interface StatisticsGolden {
  readonly name: string;
  readonly values: readonly number[];
  readonly acf: { readonly values: number[]; readonly lower: number[]; readonly upper: number[] };
  readonly adjustedAcf: number[];
  readonly summary: number[];
  readonly pacf?: { readonly values: number[]; readonly lower: number[] };
  readonly ljungBox?: { readonly statistic: number[]; readonly pValue: (number | null)[] };
  readonly adf?: readonly AdfGolden[];
  readonly kpss?: readonly KpssGolden[];
}

/** One call of adfuller. */
export interface AdfGolden {
  readonly regression: AdfRegression;
  readonly lagSelection: AdfLagSelection;
  readonly statistic: number;
  readonly pValue: number;
  readonly usedLag: number;
  readonly observations: number;
  readonly criticalValues: readonly number[];
  readonly informationCriterion: number | null;
}

/** One call of kpss. */
export interface KpssGolden {
  readonly regression: KpssRegression;
  readonly lags: "auto" | "legacy" | number;
  readonly statistic: number;
  readonly pValue: number;
  readonly usedLag: number;
}

/** The series of statistics.json, with `NaN` for the null of JSON. */
export const statisticsGoldens: readonly StatisticsGolden[] = statsmodels.series.map((row) => ({
  ...(row as unknown as StatisticsGolden),
  values: row.values.map((value) => value ?? NaN),
}));

/** The values of one of them. */
export function goldenSeries(name: string): readonly number[] {
  return statisticsGoldens.find((golden) => golden.name === name)!.values;
}

/** adfuller on a walk far from 0, where it loses the constant. */
export const shiftedWalkGoldens = statsmodels
  .shiftedWalk as readonly (AdfGolden & { readonly offset: number })[];

/** Distribution functions of SciPy. */
export const { normalQuantile, normalCdf, chiSquareSurvival } = statsmodels;

/** What R says about the same series. */
export const rGoldens = r.series;
