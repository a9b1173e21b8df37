import type { Alike } from "./_analogues.ts";
import { type NearOrigins, type SeenErrorsParts, stretchesOf } from "./_near_origins.ts";

/** How much of a forecast with close kin is drawn from values that came, the rest being errors that came. */
export interface ValueShares {
  /** What came after forecasts much like the present one. */
  readonly close: number;
  /** What came at all. */
  readonly all: number;
  /** What came after values much like the newest. */
  readonly alike: number;
}

/**
 * How much each path counts: error paths of the origins, then mirrored error paths, then value paths, then the
 * stretches that are alike, where there are any.
 */
export function weighPaths(
  parts: SeenErrorsParts,
  origins: NearOrigins,
  shares: ValueShares,
  alike: Alike | null,
): Float64Array {
  const count = parts.starts.length;
  const { rows, near, close } = origins;
  const mirrored = mirroredShare(origins.independent);
  const errors = 1 - shares.close - shares.all - (alike === null ? 0 : shares.alike);
  const weights = new Float64Array(
    3 * count + (alike === null ? 0 : alike.stretches[alike.stretches.length - 1] + 1),
  );
  for (const r of rows) {
    weights[r] = errors * (1 - mirrored) * near[r];
    weights[count + r] = errors * mirrored * near[r];
    weights[2 * count + r] = shares.close * close[r] + shares.all / rows.length;
  }
  alike?.stretches.forEach((stretch, i) => weights[3 * count + stretch] = shares.alike * alike.weights[i]);
  return weights;
}

/** The shares for the ends of intervals, and where nothing more is known: the fewer values the less was seen. */
export function usualShares(parts: SeenErrorsParts, kinship: number): ValueShares {
  const stretches = stretchesOf(parts);
  return { close: kinship * 0.7 * stretches ** 2 / (stretches ** 2 + 400), all: 0, alike: 0 };
}

/** How much of its learned shares a forecast is allowed: less where it is three times as far off as kin are. */
export function allowedValues(kinship: number): number {
  return kinship ** (1 / 9);
}

/** Share of the error paths that count mirrored: where few were seen, they may be one-sided by chance. */
export function mirroredShare(independent: number): number {
  return Math.max(0, 0.5 * Math.min(1, 6 / independent) - 0.1);
}
