import { requireInteger, requireKnownOptions } from "../_require.ts";
import type { Forecast } from "../forecast_model.ts";

/** The `simulate` of a forecast whose path `number` is drawn from a seed. */
export function createSimulate(draw: (seed: number, number: number) => Float64Array): Forecast["simulate"] {
  return (options = {}) => {
    const action = "simulate";
    requireKnownOptions(options, ["paths", "seed"], action);
    const { paths = 1000, seed = 1 } = options;
    requireInteger(paths, "paths", { minimum: 1, maximum: 1e6 }, action);
    requireInteger(seed, "seed", { minimum: Number.MIN_SAFE_INTEGER }, action);
    return Array.from({ length: paths }, (_, number) => draw(seed, number));
  };
}
