/** Where a finger is, and what of the axis it was put on. */
export interface Finger {
  /** From the left edge of the plot. */
  readonly px: number;
  readonly value: number;
}

/** A part of the axis. */
export interface Span {
  readonly min: number;
  readonly max: number;
}

/** Fingers that are closer together than this tell no scale. */
const APART_PX = 20;

/** The part of the axis in which the fingers are over what they were put on. */
export function spanUnder([a, b]: readonly Finger[], { min, max }: Span, widthPx: number): Span {
  const tells = b !== undefined && Math.abs(b.px - a.px) >= APART_PX &&
    (b.value - a.value) * (b.px - a.px) > 0;
  const perPx = tells ? (b.value - a.value) / (b.px - a.px) : (max - min) / widthPx;
  const from = a.value - a.px * perPx;
  return { min: from, max: from + widthPx * perPx };
}
