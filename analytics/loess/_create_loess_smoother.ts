import { createNarrowSmoother } from "./_narrow_smoother.ts";
import type { LoessSmoother } from "./_loess_smoother.ts";
import type { LoessShape } from "./_rows.ts";
import { createWideSmoother } from "./_wide_smoother.ts";

/** Per value, a wide smoother costs as much as a narrow one with this window. */
const WIDE_WINDOW = 48;

/** Prepares a smoother; kernels are computed here, once. */
export function createLoessSmoother(shape: LoessShape): LoessSmoother {
  const seen = Math.min(shape.window, shape.length);
  return seen / shape.jump > WIDE_WINDOW ? createWideSmoother(shape) : createNarrowSmoother(shape);
}
