import { largestMagnitude } from "../series/_largest_magnitude.ts";
import { restoreScale, standardize } from "./_standardize.ts";
import { createStlFilter, type StlComponents, type StlSettings } from "./_stl_filter.ts";
import { componentStrength } from "./_strength.ts";

/** A series as trend, seasons and remainder, the seasons in the order asked for. */
export interface Decomposition {
  readonly trend: Float64Array;
  readonly seasonal: readonly Float64Array[];
  /** NaN where the value is missing. */
  readonly remainder: Float64Array;
  /** Of the last filter. */
  readonly weights: Float64Array;
  readonly strength: { readonly trend: number; readonly seasonal: readonly number[] };
}

/** Takes one season after the other off a series, each seen without the others, `rounds` times over. */
export function decompose(
  values: ArrayLike<number>,
  seasons: readonly StlSettings[],
  rounds: number,
): Decomposition {
  const length = values.length;
  const filters = seasons.map((settings) => createStlFilter(length, settings));
  const { values: centred, observed, unit, centre } = standardize(values);
  const rest = centred.slice();
  const seasonal: Float64Array[] = seasons.map(() => new Float64Array(length));
  let last: StlComponents | undefined;
  for (let round = 0; round < rounds; round++) {
    filters.forEach((filter, season) => {
      for (let i = 0; i < length; i++) rest[i] += seasonal[season][i];
      last = filter(rest, observed);
      seasonal[season] = last.seasonal;
      for (let i = 0; i < length; i++) rest[i] -= seasonal[season][i];
    });
  }
  const { trend, weights } = last!;
  for (let i = 0; i < length; i++) {
    rest[i] = observed !== null && observed[i] === 0 ? NaN : rest[i] - trend[i];
  }
  const scale = largestMagnitude(centred);
  const strength = {
    trend: componentStrength(trend, rest, scale),
    seasonal: seasonal.map((component) => componentStrength(component, rest, scale)),
  };
  return {
    trend: restoreScale(trend, unit, centre),
    seasonal: seasonal.map((component) => restoreScale(component, unit, 0)),
    remainder: restoreScale(rest, unit, 0),
    weights,
    strength,
  };
}
