import type { SmoothingParameters } from "../smoothing_model.ts";
import type { Shape } from "./_shape.ts";

/** Bounds of the four weights in search coordinates, and those that are held. */
export interface Region {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Per weight: free to move. */
  readonly free: readonly boolean[];
  /** β itself (not its share of α) is held. */
  readonly trendHeld?: number;
  /** γ itself (not its share of 1−α) is held. */
  readonly seasonalHeld?: number;
}

/** The weights that are searched for: those of the components a model has, but for the given ones. */
export function freeWeights(
  { trend, seasonal, damped }: Shape,
  given: Partial<SmoothingParameters>,
): [boolean, boolean, boolean, boolean] {
  return [
    given.level === undefined,
    trend !== "none" && given.trend === undefined,
    seasonal !== "none" && given.seasonal === undefined,
    damped && given.damping === undefined,
  ];
}

/** The value nearest to one that a weight may have. */
export function clampWeight({ lower, upper }: Region, value: number, weight: number): number {
  return Math.min(Math.max(value, lower[weight]), upper[weight]);
}
