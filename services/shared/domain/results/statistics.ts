import { z } from "zod";
import { count, EXAMPLE_END_MS, figureOrNull, reason, text, timeMs } from "../fields.ts";
import { Series } from "../series.ts";

/** Summary of one series over one window, the half-open `[fromMs, toMs)`; deviation divides by n − 1. */
export const Statistics = z.object({
  series: Series,
  window: text("The configured window in its shortest spelling: 24h is 1d", "1h"),
  fromMs: timeMs("Start of the window, inclusive"),
  toMs: timeMs("End of the window, exclusive", EXAMPLE_END_MS),
  count: count("Values in the window", 240),
  min: figureOrNull("Least value, in the unit of the series", 0.12),
  max: figureOrNull("Greatest value, in the unit of the series", 0.97),
  mean: figureOrNull("Mean value, in the unit of the series", 0.42),
  standardDeviation: figureOrNull(
    "Sample standard deviation (divisor n − 1), in the unit of the series",
    0.11,
  ),
  reason: reason("Why a figure is null; absent where none is"),
}).meta({ id: "Statistics", description: "Summary of one series over one window, [fromMs, toMs)" });
export type Statistics = z.infer<typeof Statistics>;
