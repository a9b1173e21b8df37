import { parseJson } from "./_parse_json.ts";
import { requireFraction } from "./_require.ts";
import type { BacktestSummary, ForecastExplanation } from "./forecast_model.ts";
import type { Forecaster } from "./forecaster_model.ts";
import { Bounds } from "./forecasting/limits/_bounds.ts";
import { ChosenForecaster, FAR_VALUES, GAP_MAX } from "./forecasting/choice/_chosen_forecaster.ts";
import {
  requireArray,
  requireComponentJson,
  requireCount,
  requireNumber,
  requireRecord,
  requireSame,
  requireShare,
  requireText,
  requireWithin,
} from "./forecasting/components/_json.ts";
import { readLattice } from "./forecasting/limits/_lattice.ts";
import { readErrors } from "./forecasting/errors/_read_errors.ts";
import { readCandidates } from "./forecasting/components/_read_candidates.ts";
import { readComponent } from "./forecasting/components/_read_component.ts";
import { UNIT_MAX, UNIT_MIN } from "./series/_unit.ts";

/**
 * Restores a forecaster from what its `toJson` gave.
 *
 * Use it to choose in one process and apply in another, or to survive a restart. The copy gives the same forecasts,
 * bit for bit, and takes further values as the original would. The state is checked, not trusted. O(size of the
 * state).
 *
 * @param json What `toJson` returned, or the text that `JSON.stringify` made of it.
 * @returns The forecaster.
 * @throws {SyntaxError} On text that is not JSON.
 * @throws {TypeError | RangeError} Where it is not the state of a forecaster of this version.
 *
 * @example There and back
 * ```ts
 * import { chooseForecaster, readForecaster } from "@pronoia/analytics";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const forecaster = chooseForecaster([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]);
 * const copy = readForecaster(JSON.stringify(forecaster.toJson()));
 * deepStrictEqual(copy.forecast(3).mean, forecaster.forecast(3).mean);
 * ```
 */
export function readForecaster(json: unknown): Forecaster {
  const record = requireRecord(parseJson(json, "read a forecaster"), "forecaster");
  requireSame(record.version, "version", 1);
  const confidence = requireNumber(record.confidence, "confidence");
  requireFraction(confidence, "confidence", "read a forecaster");
  return new ChosenForecaster({
    component: readComponent(requireComponentJson(record.component, "component")),
    errors: readErrors(record.errors),
    bounds: Bounds.fromJson(record.bounds),
    method: requireText(record.method, "method"),
    explanation: readExplanation(record.explanation),
    confidence,
    unit: requireWithin(record.unit, "unit", UNIT_MIN, UNIT_MAX),
    lattice: readLattice(record.lattice),
  }, {
    gap: requireCount(record.gap, "gap", 0, GAP_MAX),
    far: requireCount(record.far, "far", -FAR_VALUES, FAR_VALUES),
    odd: requireCount(record.odd ?? 0, "odd", -FAR_VALUES, FAR_VALUES),
    left: requireCount(record.left ?? 0, "left", 0),
  });
}

function readExplanation(value: unknown): ForecastExplanation {
  const json = requireRecord(value, "explanation");
  return {
    candidates: readCandidates(json.candidates),
    backtest: json.backtest === null ? null : readBacktest(json.backtest),
    warnings: requireArray(json.warnings, "warnings").map((warning, i) =>
      requireText(warning, `warnings[${i}]`)
    ),
  };
}

function readBacktest(value: unknown): BacktestSummary {
  const json = requireRecord(value, "backtest");
  const amount = (name: keyof BacktestSummary): number =>
    requireWithin(json[name], `backtest.${name}`, 0, Number.MAX_VALUE);
  return {
    mae: amount("mae"),
    rmse: amount("rmse"),
    mase: json.mase === null ? null : amount("mase"),
    coverage: requireShare(json.coverage, "backtest.coverage"),
    standardDeviation: amount("standardDeviation"),
  };
}
