/**
 * The taxonomy of exponential smoothing (Hyndman, Koehler, Ord & Snyder 2008): which components a model has and how
 * they combine.
 */

/** How errors enter: as an amount, or relative to the value foretold. */
export type ErrorKind = "additive" | "multiplicative";

/** How a component enters, if at all. */
export type ComponentKind = "none" | "additive" | "multiplicative";

/** One model of the taxonomy. */
export interface Shape {
  readonly error: ErrorKind;
  readonly trend: ComponentKind;
  readonly damped: boolean;
  readonly seasonal: ComponentKind;
  /** Steps of one season; 1 where there is none. */
  readonly period: number;
}

/** Smoothing weights in the innovations form: `level` α, `trend` β, `seasonal` γ, `damping` φ. */
export interface Weights {
  readonly level: number;
  readonly trend: number;
  readonly seasonal: number;
  readonly damping: number;
}

const letters = { none: "N", additive: "A", multiplicative: "M" } as const;

/** The model in the notation of its authors, such as `ETS(A,Ad,M)`. */
export function shapeName({ error, trend, damped, seasonal }: Shape): string {
  return `ETS(${letters[error]},${letters[trend]}${damped ? "d" : ""},${letters[seasonal]})`;
}

/** Whether every component is a sum, so that errors are linear in the initial state. */
export function isLinear({ trend, seasonal }: Shape): boolean {
  return trend !== "multiplicative" && seasonal !== "multiplicative";
}

/** Whether the model is defined for positive values only. */
export function needsPositive(shape: Shape): boolean {
  return shape.error === "multiplicative" || !isLinear(shape);
}

/**
 * Whether the mean of the season matters. An amount can be moved between season and level unless the level grows by a
 * factor, and a factor always can.
 */
export function seasonHasMean({ trend, seasonal }: Shape): boolean {
  return trend === "multiplicative" && seasonal === "additive";
}

/** Number of free initial states; as a rule one seasonal state is redundant with the level. */
export function countStates(shape: Shape): number {
  const { trend, seasonal, period } = shape;
  const season = seasonal === "none" ? 0 : seasonHasMean(shape) ? period : period - 1;
  return 1 + (trend === "none" ? 0 : 1) + season;
}

/** Number of smoothing weights. */
export function countWeights({ trend, damped, seasonal }: Shape): number {
  return 1 + (trend === "none" ? 0 : 1) + (seasonal === "none" ? 0 : 1) + (damped ? 1 : 0);
}
