import { summarize } from "@pronoia/analytics";
import { countObserved } from "../../shared/domain/results/count_observed.ts";
import type { Statistics } from "../../shared/domain/results/statistics.ts";
import type { Series } from "../../shared/domain/series.ts";
import { formatDuration } from "../../shared/domain/units/duration_text.ts";
import type { Grid } from "./grid.ts";
import type { TimeFunction } from "./time_function.ts";

/** Min, max, mean and deviation over the last `windowMs` of a grid, the half-open `[toMs − windowMs, toMs)`. */
export function describeWindow(
  grid: Grid,
  about: { readonly series: Series; readonly windowMs: number; readonly time: TimeFunction },
): Statistics {
  const { series, windowMs, time } = about;
  const { startMs, stepMs, toMs, values } = grid;
  // A window that is no whole number of steps begins with the first step inside.
  const fromMs = Math.ceil((toMs - windowMs) / stepMs) * stepMs;
  const within = values.subarray(Math.max(0, (fromMs - startMs) / stepMs), (toMs - startMs) / stepMs);
  const count = countObserved(within);
  const range = { series, window: formatDuration(windowMs), fromMs: toMs - windowMs, toMs, count };
  if (count === 0) {
    const reason = "There is no sample in the window";
    return { ...range, min: null, max: null, mean: null, standardDeviation: null, reason };
  }
  const { min, max, mean, standardDeviation } = time("summarize", "value", () => summarize(within));
  const isDefined = count > 1 && Number.isFinite(standardDeviation);
  return {
    ...range,
    min,
    max,
    mean,
    standardDeviation: isDefined ? standardDeviation : null,
    ...(isDefined ? {} : { reason: "A deviation needs at least two samples" }),
  };
}
