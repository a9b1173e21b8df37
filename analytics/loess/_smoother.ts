import { createNarrowSmoother } from "./_narrow_smoother.ts";
import type { LoessShape } from "./_rows.ts";
import { createWideSmoother } from "./_wide_smoother.ts";

/** Smooths series of one length by loess. */
export interface LoessSmoother {
  /**
   * Sets the weights for the calls of `smooth` that follow; none at first.
   *
   * @param weights Weights of the values, 0 or more, or `null` for none. They are read now or later: call again after
   * changing them.
   * @param observed 1 where a value was observed, 0 at gaps, or `null` without gaps.
   */
  weigh(weights: Float64Array | null, observed: Uint8Array | null): void;
  /**
   * Smooths `values`, finite at gaps too, into `curve`.
   *
   * Where every weight of a window is 0, the curve takes the value itself if its own place is observed, and runs
   * straight between its neighbours if it is not.
   */
  smooth(values: Float64Array, curve: Float64Array): void;
}

/** Per value, a wide smoother costs as much as a narrow one with this window. */
const WIDE_WINDOW = 48;

/** Prepares a smoother; kernels are computed here, once. */
export function createLoessSmoother(shape: LoessShape): LoessSmoother {
  const seen = Math.min(shape.window, shape.length);
  return seen / shape.jump > WIDE_WINDOW ? createWideSmoother(shape) : createNarrowSmoother(shape);
}
