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
 * Fills missing entries in place by straight lines between their neighbours, and by the nearest one at the ends;
 * nothing happens where all are missing.
 */
export function fillMissing(curve: Float64Array): void {
  let known = -1;
  for (let i = 0; i < curve.length; i++) {
    if (Number.isNaN(curve[i])) continue;
    if (i - known > 1) {
      const from = known < 0 ? curve[i] : curve[known];
      const slope = (curve[i] - from) / (i - known);
      for (let k = known + 1; k < i; k++) curve[k] = from + slope * (k - known);
    }
    known = i;
  }
  if (known >= 0) curve.fill(curve[known], known + 1);
}
