/** What a forecaster is made of: it takes one value at a time and predicts from wherever it stands. */
export interface Component {
  /** The prediction of the next value. O(1). */
  next(): number;
  /** Takes the next value; `NaN` is a missing one. O(1) per observation. */
  update(value: number): void;
  /** Fills `mean` with the predictions of the next `mean.length` values. O(length). */
  predict(mean: Float64Array): void;
  /** All it needs to go on elsewhere. */
  toJson(): ComponentJson;
}

/** A component's state: a kind, and fields of that kind. */
export interface ComponentJson {
  readonly kind: string;
  readonly [field: string]: unknown;
}
