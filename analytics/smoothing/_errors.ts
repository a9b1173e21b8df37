/** The error distribution of a fitted model, small enough to be stored: the quantiles of its residuals. */
import type { ErrorSource } from "./_predict.ts";

/** Most quantiles that are kept. */
const quantilesMax = 400;
/** Fewest residuals that say more about the shape of their distribution than "some bell". */
const residualsMin = 20;

/** Summarises residuals (missing ones are `NaN`); `deviation` is the standard deviation that paths shall have. */
export function summariseErrors(residuals: ArrayLike<number>, deviation: number): ErrorSource {
  const observed = Float64Array.from(residuals).filter((value) => value === value).sort();
  const count = observed.length;
  if (count < residualsMin || !(deviation > 0)) {
    return { quantiles: new Float64Array(0), deviation };
  }
  const kept = Math.min(count, quantilesMax);
  const quantiles = new Float64Array(kept);
  let sum = 0, squares = 0;
  for (let i = 0; i < kept; i++) {
    // With fewer places than residuals each place stands for the mean of its share, so that no outlier is lost.
    const from = Math.floor(i * count / kept), to = Math.floor((i + 1) * count / kept);
    let share = 0;
    for (let k = from; k < to; k++) share += observed[k];
    quantiles[i] = share / (to - from);
    sum += quantiles[i];
  }
  const mean = sum / kept;
  for (let i = 0; i < kept; i++) {
    quantiles[i] -= mean;
    squares += quantiles[i] ** 2;
  }
  const root = Math.sqrt(squares / kept);
  if (!(root > 0)) return { quantiles: new Float64Array(0), deviation };
  for (let i = 0; i < kept; i++) quantiles[i] /= root;
  return { quantiles, deviation };
}
