import { requireNoOverflow } from "../_require.ts";
import { largestMagnitude } from "../series/_largest_magnitude.ts";
import { unitOf } from "../series/_unit.ts";

/** A series moved and scaled to where sums neither cancel nor overflow. */
export interface StandardSeries {
  /** value / unit − centre; 0 at gaps. */
  readonly values: Float64Array;
  /** 1 where observed, 0 at gaps; `null` without gaps. */
  readonly observed: Uint8Array | null;
  /** Mean of the observed values, in units. */
  readonly centre: number;
  /** A power of two, by which dividing is exact; 1 unless values are extreme. */
  readonly unit: number;
}

/**
 * Centres a series, and scales it if its size could overflow or underflow in sums.
 *
 * A loess reproduces constants, so that the centre can be taken off and given back to the trend; without it a
 * series around 10¹² would lose digits to its own level.
 */
export function standardize(given: ArrayLike<number>): StandardSeries {
  const values = Float64Array.from(given);
  const largest = largestMagnitude(values);
  const unit = largest > 1e150 || largest < 1e-150 ? unitOf(values) : 1;
  let sum = 0;
  let observations = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] /= unit;
    if (values[i] !== values[i]) continue;
    sum += values[i];
    observations++;
  }
  const centre = sum / observations;
  const observed = observations === values.length
    ? null
    : Uint8Array.from(values, (value) => value === value ? 1 : 0);
  for (let i = 0; i < values.length; i++) values[i] = values[i] === values[i] ? values[i] - centre : 0;
  return { values, observed, centre, unit };
}

/** Gives a component back its unit, and `centre` if it carries the level; in place. */
export function restoreScale(component: Float64Array, unit: number, centre: number): Float64Array {
  for (let i = 0; i < component.length; i++) {
    component[i] = (component[i] + centre) * unit;
    requireNoOverflow(component[i], "every component", "decompose", i);
  }
  return component;
}
