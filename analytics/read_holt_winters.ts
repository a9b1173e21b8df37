import type { SmoothingModel } from "./smoothing_model.ts";
import { readModel } from "./smoothing/_read.ts";

/**
 * Reads a Holt-Winters model back from what its `toJson` gave.
 *
 * Use it to go on after a restart: the model forecasts, simulates and learns exactly as the stored one would have,
 * bit by bit. The series it was fitted to is not stored, so `fitted` and `residuals` are not there. O(period).
 *
 * @param json The object `toJson` gave, or the text `JSON.stringify` made of it.
 * @returns The model.
 * @throws {SyntaxError} Not such a model.
 * @throws {RangeError | TypeError} A model whose components contradict each other.
 *
 * @example Through a file or a database
 * ```ts
 * import { fitHoltWinters, readHoltWinters } from "@pronoia/analytics";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const model = fitHoltWinters([3, 5, 4, 6, 5, 7, 6, 8], { trend: "additive" });
 * const text = JSON.stringify(model.toJson());
 * deepStrictEqual(readHoltWinters(text).update([7]).forecast(3).mean, model.update([7]).forecast(3).mean);
 * ```
 */
export function readHoltWinters(json: unknown): SmoothingModel {
  return readModel(json, "holt-winters", "read a Holt-Winters model");
}
