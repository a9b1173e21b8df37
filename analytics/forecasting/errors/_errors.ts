/** How far off forecasts are: what intervals are cut from and paths are drawn from. */
export interface Errors {
  /** The mean is to have a multiple of so many steps, so that it can tell where the series stands. */
  readonly steps: number;
  /** How large a one-step error can be before it looks like a glitch; infinite where that is not known. */
  readonly believable: number;
  /**
   * How large a one-step error is that the method should not make again and again; infinite where that is not known.
   */
  readonly surprising: number;
  /** Takes the newest one-step error and the value it was found with; both are NaN where that is missing. */
  observe(error: number, value: number): void;
  /** Puts what it expects in place of a forecast that nothing was chosen for. */
  centre?(mean: Float64Array): void;
  /** What it expects around this mean, which has a multiple of `steps` entries. */
  around(mean: Float64Array): Outlook;
  /** Its state. */
  toJson(): ErrorsJson;
}

/** The state of errors: a kind, and fields of that kind. */
export interface ErrorsJson {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** What is expected around one forecast. It does not change when the errors take more values. */
export interface Outlook {
  /** How far below and above the mean the interval reaches; neither ever falls from one step to the next. */
  reach(confidence: number, horizon: number): { readonly below: Float64Array; readonly above: Float64Array };
  /** Fills `path` with one path, the same for the same seed and number. */
  draw(seed: number, number: number, path: Float64Array): void;
}
