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
  const { rows, near, close } = origins;
  const mirrored = mirroredShare(parts);
  const errors = 1 - shares.close - shares.all;
  const weights = new Float64Array(3 * count);
  for (const r of rows) {
    weights[r] = errors * (1 - mirrored) * near[r];
    weights[count + r] = errors * mirrored * near[r];
    weights[2 * count + r] = shares.close * close[r] + shares.all / rows.length;
  }
  return weights;
}

/** Share of close values where nothing more is known of a series: the less the less was seen. */
export function usualShare(parts: SeenErrorsParts): number {
  const stretches = stretchesOf(parts);
  return 0.7 * stretches ** 2 / (stretches ** 2 + 400);
}

/** How much of its learned shares a forecast is allowed: less where it is three times as far off as kin are. */
export function allowedValues(kinship: number): number {
  return kinship ** (1 / 9);
}

/** Share of the error paths that count mirrored: where few were seen, they may be one-sided by chance. */
export function mirroredShare(parts: SeenErrorsParts): number {
  return Math.max(0, 0.5 * Math.min(1, 6 / stretchesOf(parts)) - 0.1);
}
