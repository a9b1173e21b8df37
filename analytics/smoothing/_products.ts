/**
 * The Gauss–Newton matrix of a linear model without a season, in one pass: the five sensitivities run side by side
 * and only their products are kept. It is what makes a fit of a thousand values cost a fraction of a millisecond.
 */
import type { Trajectory } from "./_filter.ts";
import { firstSeason } from "./_direction.ts";
import type { Region } from "./_region.ts";
import type { Shape, Weights } from "./_shape.ts";

/** Writes the products of the columns for α, β*, φ, level and trend into `out` (6 × 6). */
export function sumProducts(
  weights: Weights,
  values: ArrayLike<number>,
  path: Trajectory,
  share: number,
  shape: Shape,
  region: Region,
  out: Float64Array,
): void {
  if (shape.trend === "none") return sumLevelProducts(weights, values, path, out);
  const { level: alpha, trend: beta, damping: phi } = weights;
  const { trend, error } = path;
  // dβ by α and by β*: β = αβ*, unless it is held.
  const betaByAlpha = share, betaByShare = region.trendHeld === undefined ? alpha : 0;
  const phiMoves = shape.damped ? 1 : 0;
  let al = 0, ab = 0, bl = 0, bb = 0, pl = 0, pb = 0, ll = 1, lb = 0, tl = 0, tb = 1;
  let aa = 0, ab2 = 0, ap = 0, al2 = 0, at = 0, b2 = 0, bp = 0, bl2 = 0, bt = 0;
  let p2 = 0, ph = 0, pt = 0, l2 = 0, lt = 0, t2 = 0;
  for (let t = 0; t < values.length; t++) {
    const e = error[t];
    const aCarried = phi * ab, bCarried = phi * bb, pCarried = phi * pb + phiMoves * trend[t];
    const lCarried = phi * lb, tCarried = phi * tb;
    const a = al + aCarried, b = bl + bCarried, p = pl + pCarried, l = ll + lCarried, s = tl + tCarried;
    if (values[t] !== values[t]) {
      al = a, bl = b, pl = p, ll = l, tl = s;
      ab = aCarried, bb = bCarried, pb = pCarried, lb = lCarried, tb = tCarried;
      continue;
    }
    aa += a * a;
    ab2 += a * b;
    ap += a * p;
    al2 += a * l;
    at += a * s;
    b2 += b * b;
    bp += b * p;
    bl2 += b * l;
    bt += b * s;
    p2 += p * p;
    ph += p * l;
    pt += p * s;
    l2 += l * l;
    lt += l * s;
    t2 += s * s;
    al = a - alpha * a + e;
    ab = aCarried - beta * a + betaByAlpha * e;
    bl = b - alpha * b;
    bb = bCarried - beta * b + betaByShare * e;
    pl = p - alpha * p;
    pb = pCarried - beta * p;
    ll = l - alpha * l;
    lb = lCarried - beta * l;
    tl = s - alpha * s;
    tb = tCarried - beta * s;
  }
  const columns = [0, 1, 3, 4, 5];
  const upper = [[aa, ab2, ap, al2, at], [b2, bp, bl2, bt], [p2, ph, pt], [l2, lt], [t2]];
  out.fill(0);
  upper.forEach((row, i) =>
    row.forEach((value, j) => {
      const [first, second] = [columns[i], columns[i + j]];
      out[first * firstSeason + second] = out[second * firstSeason + first] = value;
    })
  );
}

/** The same for a level alone: columns for α and the level. */
function sumLevelProducts(
  { level: alpha }: Weights,
  values: ArrayLike<number>,
  { error }: Trajectory,
  out: Float64Array,
): void {
  const keep = 1 - alpha;
  let a = 0, l = 1, aa = 0, al = 0, ll = 0;
  for (let t = 0; t < values.length; t++) {
    if (values[t] !== values[t]) continue;
    aa += a * a;
    al += a * l;
    ll += l * l;
    a = keep * a + error[t];
    l *= keep;
  }
  out.fill(0);
  out[0] = aa;
  out[4] = out[4 * firstSeason] = al;
  out[4 * firstSeason + 4] = ll;
}
