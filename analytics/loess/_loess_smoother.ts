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
