import type { Forecaster } from "../../forecaster_model.ts";
import { ChosenForecaster, type ChosenParts } from "./_chosen_forecaster.ts";
import { YoungErrors } from "../errors/_young_errors.ts";
import { createLastCycle } from "../components/_last_cycle.ts";

/** A series nothing can be chosen on: too short, or constant. */
export interface FallBackTask {
  readonly values: Float64Array;
  /** Those that count. */
  readonly observed: Float64Array;
  readonly isConstant: boolean;
  readonly warnings: readonly string[];
  /** What every forecaster of the series has. */
  readonly common: Pick<ChosenParts, "bounds" | "confidence" | "unit" | "lattice">;
}

/** What the few values tell, with intervals and paths of what they leave open. */
export function fallBack(task: FallBackTask): Forecaster {
  const { values, observed, isConstant } = task;
  const reason = isConstant
    ? `All ${observed.length} observations are equal: so is the forecast, without width`
    : `${observed.length} observations are too few to choose on: they are taken for a level, a line or a walk`;
  const method = isConstant ? "constant" : "level, line or walk";
  return new ChosenForecaster({
    ...task.common,
    method,
    component: createLastCycle(values, values.length, 1),
    errors: new YoungErrors(values, null, { ends: 1, paths: 1 }),
    explanation: {
      candidates: [{ method, score: null }],
      // Whatever the origin, the past foretells a constant exactly.
      backtest: isConstant ? { mae: 0, rmse: 0, mase: null, coverage: 1, standardDeviation: 0 } : null,
      warnings: [reason, ...task.warnings],
    },
  }, { left: observed.length });
}
