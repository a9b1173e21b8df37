/** Draws straight lines between evaluated positions, in place: `curve` is known at `positions` and nowhere else. */
export function interpolateBetween(curve: Float64Array, positions: Int32Array): void {
  for (let row = 1; row < positions.length; row++) {
    const from = positions[row - 1];
    const steps = positions[row] - from;
    const slope = (curve[positions[row]] - curve[from]) / steps;
    for (let step = 1; step < steps; step++) curve[from + step] = curve[from] + slope * step;
  }
}

/**
 * Fills missing entries in place by straight lines between their neighbours, and by the nearest one at the ends.
 *
 * Entries are `curve[offset + stride · i]` for `i` below `count`; nothing happens where all are missing.
 */
export function fillMissing(curve: Float64Array, offset = 0, stride = 1, count = curve.length): void {
  let known = -1;
  for (let i = 0; i < count; i++) {
    const value = curve[offset + stride * i];
    if (Number.isNaN(value)) continue;
    if (i - known > 1) {
      const from = known < 0 ? value : curve[offset + stride * known];
      const slope = (value - from) / (i - known);
      for (let k = known + 1; k < i; k++) curve[offset + stride * k] = from + slope * (k - known);
    }
    known = i;
  }
  if (known < 0) return;
  for (let k = known + 1; k < count; k++) curve[offset + stride * k] = curve[offset + stride * known];
}
