import { requireInteger, requireKnownOptions } from "../_require.ts";
import type { SimulateOptions } from "../forecast_model.ts";

/** Checks the options of `simulate` and fills in the defaults. */
export function readSimulateOptions(options: SimulateOptions): { paths: number; seed: number } {
  const action = "simulate";
  requireKnownOptions(options, ["paths", "seed"], action);
  const { paths = 1000, seed = 1 } = options;
  requireInteger(paths, "paths", { minimum: 1, maximum: 1e6 }, action);
  requireInteger(seed, "seed", { minimum: Number.MIN_SAFE_INTEGER }, action);
  return { paths, seed };
}
