import { intervalCoverage, meanAbsoluteError } from "@pronoia/analytics";
import type { GridValues } from "../../shared/domain/results/analysed_values.ts";
import type { SeriesForecast } from "../../shared/domain/results/forecast.ts";

/** What past forecasts were worth. A figure that cannot be told is `null`, with a `reason`. */
export interface Grades {
  /** Forecast values with a sample to compare with. */
  readonly graded: number;
  /** Forecasts they come from. */
  readonly forecasts: number;
  /** Mean absolute error, in the unit of the series. */
  readonly mae: number | null;
  /** Mean absolute error over the mean change from one sample to the next. */
  readonly mase: number | null;
  /** Share of samples within the interval they were given, 0 … 1. */
  readonly coverage: number | null;
  readonly newest: NewestGrade | null;
  readonly reason?: string;
}

/** The newest sample against the last forecast made before it. */
export interface NewestGrade {
  readonly timeMs: number;
  readonly originMs: number;
  readonly value: number;
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  /** Whether the value lies outside of `[lower, upper]`. */
  readonly outside: boolean;
}

/**
 * Compares forecasts with the samples that came.
 *
 * Every step of every forecast that has a sample by now counts once, so near and far steps alike. The scale of MASE
 * is the mean absolute change between neighbouring samples of the same time: 1 is as good as "it stays as it is".
 * Forecasts from too few samples claim no knowledge, and get no grade.
 */
export function gradeForecasts(served: readonly SeriesForecast[], samples: GridValues): Grades {
  const forecasts = served.filter(({ tooFew }) => tooFew === undefined);
  const actual: number[] = [];
  const predicted: number[] = [];
  const lower: number[] = [];
  const upper: number[] = [];
  let used = 0;
  for (const forecast of forecasts) {
    const before = actual.length;
    for (let k = 0; k < forecast.mean.length; k++) {
      const value = valueAt(samples, forecast.originMs + (k + 1) * forecast.stepMs);
      if (Number.isNaN(value)) continue;
      actual.push(value);
      predicted.push(forecast.mean[k]);
      lower.push(forecast.lower[k]);
      upper.push(forecast.upper[k]);
    }
    if (actual.length > before) used++;
  }
  const newest = gradeNewest(forecasts, samples);
  if (actual.length === 0) {
    const reason = served.length === 0
      ? "no past forecast in this time"
      : forecasts.length === 0
      ? "the forecasts of this time were made from too few samples to be graded"
      : "no sample has come for any forecast step yet";
    return { graded: 0, forecasts: 0, mae: null, mase: null, coverage: null, newest, reason };
  }
  const mae = meanAbsoluteError(actual, predicted);
  const scale = meanChange(samples.values);
  return {
    graded: actual.length,
    forecasts: used,
    mae,
    mase: scale > 0 ? mae / scale : null,
    coverage: intervalCoverage(actual, { lower, upper }),
    newest,
    ...(!(scale > 0) && { reason: "mase is not defined as the samples do not change" }),
  };
}

function gradeNewest(forecasts: readonly SeriesForecast[], samples: GridValues): NewestGrade | null {
  const last = samples.values.findLastIndex((value) => !Number.isNaN(value));
  if (last < 0) return null;
  const timeMs = samples.startMs + last * samples.stepMs;
  const known = forecasts.filter((forecast) =>
    forecast.originMs < timeMs && timeMs <= forecast.originMs + forecast.mean.length * forecast.stepMs
  );
  if (known.length === 0) return null;
  const forecast = known.reduce((newest, other) => other.originMs > newest.originMs ? other : newest);
  const k = Math.round((timeMs - forecast.originMs) / forecast.stepMs) - 1;
  const [value, lower, upper] = [samples.values[last], forecast.lower[k], forecast.upper[k]];
  return {
    timeMs,
    originMs: forecast.originMs,
    value,
    mean: forecast.mean[k],
    lower,
    upper,
    outside: value < lower || value > upper,
  };
}

function valueAt(samples: GridValues, timeMs: number): number {
  const k = (timeMs - samples.startMs) / samples.stepMs;
  return Number.isInteger(k) && k >= 0 && k < samples.values.length ? samples.values[k] : NaN;
}

/** Mean absolute difference of neighbours, both observed; NaN where there are none. */
function meanChange(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let k = 1; k < values.length; k++) {
    const change = Math.abs(values[k] - values[k - 1]);
    if (Number.isNaN(change)) continue;
    sum += change;
    count++;
  }
  return sum / count;
}
