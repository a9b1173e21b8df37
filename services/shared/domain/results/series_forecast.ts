import type { Forecast } from "@pronoia/analytics";
import type { Series } from "../series.ts";
import type { SeriesForecast } from "./forecast.ts";

/** Whose forecast it is, and from where. */
export interface SeriesForecastOptions {
  readonly series: Series;
  /** Time of the newest sample it knows. */
  readonly originMs: number;
  readonly stepMs: number;
  /** Whether the method is a first, quick choice. @default false */
  readonly quick?: boolean;
  /** Sample paths behind the summary. @default 500 */
  readonly paths?: number;
}

/** The library's forecast as it is stored and answered, with what to expect of min, max and mean over the horizon. */
export function toSeriesForecast(forecast: Forecast, options: SeriesForecastOptions): SeriesForecast {
  const { series, originMs, stepMs, quick = false, paths = 500 } = options;
  const { candidates, backtest, warnings } = forecast.explanation;
  return {
    series,
    originMs,
    stepMs,
    horizonMs: forecast.mean.length * stepMs,
    method: forecast.method,
    ...(quick && { quick }),
    confidence: forecast.confidence,
    mean: [...forecast.mean],
    lower: [...forecast.lower],
    upper: [...forecast.upper],
    summary: summarizePaths(forecast.simulate({ paths }), forecast.confidence),
    explanation: {
      candidates: candidates.map((candidate) => ({ ...candidate })),
      backtest: describeBacktest(backtest, warnings),
      warnings: [...warnings],
    },
  };
}

type Explanation = Forecast["explanation"];

/** Its figures, and the reason beside those that are not defined. */
function describeBacktest(
  backtest: Explanation["backtest"],
  warnings: Explanation["warnings"],
): SeriesForecast["explanation"]["backtest"] {
  if (backtest === null) {
    const reason = warnings[0] ?? "the series is too short for a backtest";
    return { mae: null, rmse: null, mase: null, coverage: null, standardDeviation: null, reason };
  }
  const { mae, rmse, mase, coverage, standardDeviation } = backtest;
  const figures = { mae, rmse, mase, coverage, standardDeviation };
  return mase === null
    ? { ...figures, reason: "mase is not defined as the series does not change" }
    : figures;
}

/** Quantiles over paths: the least of a path is not the least of the means, and its interval is none of theirs. */
function summarizePaths(paths: readonly Float64Array[], confidence: number): SeriesForecast["summary"] {
  const mins = new Float64Array(paths.length);
  const maxs = new Float64Array(paths.length);
  const means = new Float64Array(paths.length);
  for (const [p, path] of paths.entries()) {
    let [min, max, mean] = [Infinity, -Infinity, 0];
    for (const [k, value] of path.entries()) {
      if (value < min) min = value;
      if (value > max) max = value;
      mean += (value - mean) / (k + 1);
    }
    [mins[p], maxs[p], means[p]] = [min, max, mean];
  }
  return {
    min: middleOf(mins, confidence),
    max: middleOf(maxs, confidence),
    mean: middleOf(means, confidence),
  };
}

function middleOf(values: Float64Array, confidence: number): { value: number; lower: number; upper: number } {
  const sorted = values.sort();
  const quantile = (share: number) => {
    const at = share * (sorted.length - 1);
    const below = Math.floor(at);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  };
  return {
    value: quantile(0.5),
    lower: quantile((1 - confidence) / 2),
    upper: quantile((1 + confidence) / 2),
  };
}
