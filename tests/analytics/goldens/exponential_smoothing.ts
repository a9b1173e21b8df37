/** The goldens of exponential smoothing with their series, typed. */
import statsmodels from "./exponential_smoothing.json" with { type: "json" };
import r from "./exponential_smoothing_r.json" with { type: "json" };

/** How a component enters. */
export type Component = "none" | "additive" | "multiplicative";

/** One model of the taxonomy, as the fits take it. */
export interface GoldenShape {
  readonly error: "additive" | "multiplicative";
  readonly trend: Component;
  readonly damped: boolean;
  readonly seasonal: Component;
  readonly period: number;
}

const letters: Readonly<Record<string, Component>> = { N: "none", A: "additive", M: "multiplicative" };
const series: Readonly<Record<string, { readonly period: number; readonly values: readonly number[] }>> = {
  ...r.series,
  wave24: { period: 24, values: statsmodels.wave24 },
  wave288: { period: 288, values: statsmodels.wave288 },
};

/** Values and period of a series by its name. */
export function goldenSeries(name: string): { readonly period: number; readonly values: readonly number[] } {
  return series[name];
}

/** The shape R writes as three letters. */
export function goldenShape(letter: string, damped: boolean, period: number): GoldenShape {
  return {
    error: letter[0] === "A" ? "additive" : "multiplicative",
    trend: letters[letter[1]],
    damped,
    seasonal: letters[letter[2]],
    period: letter[2] === "N" ? 1 : period,
  };
}

export { r, statsmodels };
