import {
  breachProbability,
  type BreachProbabilityOptions,
  type BreachProbabilityResult,
  chooseForecaster,
  type ForecasterJson,
  readForecaster,
} from "@pronoia/analytics";

/** The heavy part of forecasting, which may be done in another thread. */
export interface Maths {
  /** Chooses a forecasting method for values at equal steps, the newest last. */
  choose(values: Float64Array, options: ChooseOptions): Promise<ForecasterJson>;
  /** Probability of leaving the bounds, for horizons too long to simulate in passing. */
  breach(forecaster: ForecasterJson, options: BreachProbabilityOptions): Promise<BreachProbabilityResult>;
}

/** The same as a message to another thread. */
export type MathsJob =
  | { readonly kind: "choose"; readonly values: Float64Array; readonly options: ChooseOptions }
  | {
    readonly kind: "breach";
    readonly forecaster: ForecasterJson;
    readonly options: BreachProbabilityOptions;
  };

/** What comes back. */
export type MathsOutcome = ForecasterJson | BreachProbabilityResult;

/** How to choose. */
export interface ChooseOptions {
  readonly stepMs: number;
  readonly effort: "quick" | "full";
  /** Steps ahead the choice is made for. */
  readonly horizon: number;
}

/** Does it here and now; a service with many series gives the work to other threads instead. */
export function createLocalMaths(): Maths {
  return {
    choose: async (values, options) => await chooseForecaster(values, options).toJson(),
    breach: async (forecaster, options) => await breachProbability(readForecaster(forecaster), options),
  };
}
