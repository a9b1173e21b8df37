import { fitSimplex } from "./_fit_simplex.ts";
import type { Alike, Analogues } from "./_analogues.ts";
import { findNearOrigins, type NearOrigins, type SeenErrorsParts } from "./_near_origins.ts";
import { PathExtremes } from "./_path_extremes.ts";
import { allowedValues, mirroredShare, usualShares, type ValueShares } from "./_weigh_paths.ts";

/** The usual shares count as much as having seen errors and values foretell this squared difference. */
const USUAL_WORTH = 0.1;

/**
 * Learns how far a series is to be drawn from errors that came, from values that came after like forecasts, from
 * values that came at all, and from those that came after like values.
 *
 * Each origin is foretold from what does not overlap it: how likely its highest and its lowest value break a bound,
 * by each of the four, and whether they did. The shares are those of the mixture with the least squared error, which
 * is the least Brier score, held to what is usual. Where most values are one and the same, say, an error added to a
 * forecast breaks a bound at that value half of the time, and the series never.
 *
 * @param options How a value of a path is taken to the nearest one the series can have, and how many origins are
 * foretold from the others at most.
 */
export function learnShares(
  parts: SeenErrorsParts,
  analogues: Analogues,
  { settle, targets: most }: { readonly settle: (value: number) => number; readonly targets: number },
): ValueShares {
  const { steps, starts, means, volatility } = parts;
  const extremes = new PathExtremes(parts, analogues, settle);
  const products = new Float64Array(16);
  const hits = new Float64Array(4);
  let count = 0;
  let kin = 0;
  let independent = 0;
  let targets = 0;
  const stride = Math.max(1, Math.ceil(starts.length / most));
  for (let target = 0; target < starts.length; target += stride) {
    const start = starts[target];
    const mean = means.subarray(target * steps, (target + 1) * steps);
    const isApart = (other: number): boolean => Math.abs(other - start) >= steps;
    const origins = findNearOrigins(parts, mean, volatility[target], (row) => isApart(starts[row]));
    if (origins === null) continue;
    kin += (origins.kinship - kin) / ++targets;
    independent += (origins.independent - independent) / targets;
    extremes.addErrors(mean, origins.rows, origins.scales);
    const alike = analogues.weigh(analogues.before(start), isApart);
    for (const side of [0, 1] as const) {
      const said = foretell(extremes, { origins, alike, side });
      extremes.bounds[side].forEach((bound, b) => {
        const isBroken = extremes.came[side][target] > bound;
        for (let i = 0; i < 4; i++) {
          if (isBroken) hits[i] += said[i][b];
          for (let j = 0; j < 4; j++) products[4 * i + j] += said[i][b] * said[j][b];
        }
        count++;
      });
    }
  }
  const { close: usual } = usualShares(parts, kin);
  const start = [1 - usual, usual, 0, 0];
  // Origins overlap, and bounds go together: a stretch is seen once, however often it was tried.
  const worth = count > 0 ? independent / count : 0;
  for (let i = 0; i < 4; i++) {
    hits[i] = worth * hits[i] + USUAL_WORTH * start[i];
    for (let j = 0; j < 4; j++) {
      products[4 * i + j] = worth * products[4 * i + j] + (i === j ? USUAL_WORTH : 0);
    }
  }
  const [, close, all, alike] = fitSimplex(products, hits, start);
  return { close, all, alike };
}

/** What an origin is foretold from, above (side 0) or below (side 1). */
interface Evidence {
  readonly origins: NearOrigins;
  readonly alike: Alike | null;
  readonly side: 0 | 1;
}

/** How likely each bound is broken: by errors, close values, all values, and stretches that are alike. */
function foretell(extremes: PathExtremes, evidence: Evidence): Float64Array[] {
  const { origins: { rows, near, close, kinship, independent }, alike, side } = evidence;
  const bounds = extremes.bounds[side];
  const [plain, turned, came] = [extremes.plain[side], extremes.mirrored[side], extremes.came[side]];
  const mirrored = mirroredShare(independent);
  const said = Array.from({ length: 4 }, () => new Float64Array(bounds.length));
  const [byErrors, byClose, byAll, byAlike] = said;
  const add = (by: Float64Array, highest: number, weight: number): void => {
    // Bounds ascend: what is within one is within all that follow.
    for (let b = 0; b < bounds.length && highest > bounds[b]; b++) by[b] += weight;
  };
  for (const row of rows) {
    add(byErrors, plain[row], near[row] * (1 - mirrored));
    add(byErrors, turned[row], near[row] * mirrored);
    add(byClose, came[row], close[row]);
    add(byAll, came[row], 1 / rows.length);
  }
  if (alike === null) byAlike.set(byErrors);
  else {
    const highest = extremes.stretches[side];
    alike.stretches.forEach((stretch, i) => add(byAlike, highest[stretch], alike.weights[i]));
  }
  const allowed = allowedValues(kinship);
  for (const by of [byClose, byAll, byAlike]) {
    for (let b = 0; b < bounds.length; b++) by[b] = byErrors[b] + allowed * (by[b] - byErrors[b]);
  }
  return said;
}
