import { fitSimplex } from "./_fit_simplex.ts";
import { findNearOrigins, type SeenErrorsParts, stretchesOf } from "./_near_origins.ts";
import { PathExtremes } from "./_path_extremes.ts";
import { allowedValues, mirroredShare, usualShare, type ValueShares } from "./_weigh_paths.ts";

/** Most origins that are foretold from the others. */
const TARGETS_MAX = 48;

/** The usual shares count as much as having seen errors and values foretell this squared difference. */
const USUAL_WORTH = 0.1;

/**
 * Learns how far a series is to be drawn from errors that came, from values that came after like forecasts, and from
 * values that came at all.
 *
 * Each origin is foretold from those that do not overlap it: how likely its highest and its lowest value break a bound,
 * by each of the three, and whether they did. The shares are those of the mixture with the least squared error, which
 * is the least Brier score, held to what is usual. Where most values are one and the same, say, an error added to a
 * forecast breaks a bound at that value half of the time, and the series never.
 *
 * @param settle Takes a value of a path to the nearest one the series can have.
 */
export function learnShares(parts: SeenErrorsParts, settle: (value: number) => number): ValueShares {
  const { steps, starts, means, volatility } = parts;
  const mirrored = mirroredShare(parts);
  const extremes = new PathExtremes(parts, settle);
  const products = new Float64Array(9);
  const hits = new Float64Array(3);
  let count = 0;
  let kin = 0;
  let targets = 0;
  const stride = Math.max(1, Math.ceil(starts.length / TARGETS_MAX));
  for (let target = 0; target < starts.length; target += stride) {
    const mean = means.subarray(target * steps, (target + 1) * steps);
    const isApart = (row: number): boolean => Math.abs(starts[row] - starts[target]) >= steps;
    const origins = findNearOrigins(parts, mean, volatility[target], isApart);
    if (origins === null) continue;
    const { rows, near, close, scales, kinship } = origins;
    const allowed = allowedValues(kinship);
    kin += (kinship - kin) / ++targets;
    extremes.addErrors(mean, rows, scales);
    for (const { bound, side } of extremes.bounds) {
      let byErrors = 0;
      let byClose = 0;
      let byAll = 0;
      for (const row of rows) {
        if (extremes.plain[side][row] > bound) byErrors += near[row] * (1 - mirrored);
        if (extremes.mirrored[side][row] > bound) byErrors += near[row] * mirrored;
        if (extremes.came[side][row] > bound) {
          byClose += close[row];
          byAll += 1 / rows.length;
        }
      }
      const said = [
        byErrors,
        byErrors + allowed * (byClose - byErrors),
        byErrors + allowed * (byAll - byErrors),
      ];
      const isBroken = extremes.came[side][target] > bound;
      for (let i = 0; i < 3; i++) {
        if (isBroken) hits[i] += said[i];
        for (let j = 0; j < 3; j++) products[3 * i + j] += said[i] * said[j];
      }
      count++;
    }
  }
  const stretches = stretchesOf(parts);
  const usualClose = kin * usualShare(parts);
  const usual = [1 - usualClose, usualClose, 0];
  // Origins overlap, and bounds go together: a stretch is seen once, however often it was tried.
  const worth = count > 0 ? stretches / count : 0;
  for (let i = 0; i < 3; i++) {
    hits[i] = worth * hits[i] + USUAL_WORTH * usual[i];
    for (let j = 0; j < 3; j++) {
      products[3 * i + j] = worth * products[3 * i + j] + (i === j ? USUAL_WORTH : 0);
    }
  }
  const [, close, all] = fitSimplex(products, hits, usual);
  return { close, all };
}
