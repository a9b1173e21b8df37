import { type NearOrigins, type SeenErrorsParts, stretchesOf } from "./_near_origins.ts";

/** How much of a forecast with close kin is drawn from values that came, the rest being errors that came. */
export interface ValueShares {
  /** What came after forecasts much like the present one. */
  readonly close: number;
  /** What came at all. */
  readonly all: number;
}

/**
 * How much each path of the origins counts: error paths, then mirrored error paths, then value paths, which have no more
 * than their shares.
 */
export function weighPaths(parts: SeenErrorsParts, origins: NearOrigins, shares: ValueShares): Float64Array {
  const count = parts.starts.length;
  const { rows, near, close, kinship } = origins;
  const mirrored = mirroredShare(parts);
  const errors = 1 - kinship * (shares.close + shares.all);
  const weights = new Float64Array(3 * count);
  for (const r of rows) {
    weights[r] = errors * (1 - mirrored) * near[r];
    weights[count + r] = errors * mirrored * near[r];
    weights[2 * count + r] = kinship * (shares.close * close[r] + shares.all / rows.length);
  }
  return weights;
}

/** The shares of a series nothing more is known of: fewer values the less was seen. */
export function usualShares(parts: SeenErrorsParts): ValueShares {
  const stretches = stretchesOf(parts);
  return { close: 0.7 * stretches ** 2 / (stretches ** 2 + 400), all: 0 };
}

/** Share of the error paths that count mirrored: where few were seen, they may be one-sided by chance. */
export function mirroredShare(parts: SeenErrorsParts): number {
  return Math.max(0, 0.5 * Math.min(1, 6 / stretchesOf(parts)) - 0.1);
}
