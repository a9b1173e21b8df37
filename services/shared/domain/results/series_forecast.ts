import type { Forecast } from "@pronoia/analytics";
import type { Series } from "../series.ts";
import type { SeriesForecast } from "./forecast.ts";
import { describeTooFew, tooFewSamples } from "./too_few_samples.ts";

/** Whose forecast it is, and from where. */
export interface SeriesForecastOptions {
  readonly series: Series;
  /** Time of the newest sample it knows. */
  readonly originMs: number;
  readonly stepMs: number;
  /** Samples it was made from, and how far back they were looked for. */
  readonly observations: number;
  readonly lookbackMs: number;
  /** Whether the method is a first, quick choice. @default false */
  readonly quick?: boolean;
  /** Sample paths behind the summary. @default 500 */
  readonly paths?: number;
}

/** The library's forecast as it is stored and answered, with what to expect of min, max and mean over the horizon. */
export function toSeriesForecast(forecast: Forecast, options: SeriesForecastOptions): SeriesForecast {
  const { series, originMs, stepMs, observations, lookbackMs, quick = false, paths = 500 } = options;
  const { candidates, backtest, warnings } = forecast.explanation;
  const horizonMs = forecast.mean.length * stepMs;
  const tooFew = tooFewSamples(observations, { horizonMs, stepMs, lookbackMs });
  return {
    series,
    originMs,
    stepMs,
    horizonMs,
    method: forecast.method,
    ...(quick && { quick }),
    ...(tooFew !== null && {
      tooFew: describeTooFew(tooFew)!,
      lacking: { found: tooFew.found, needed: tooFew.needed },
    }),
    confidence: forecast.confidence,
    mean: [...forecast.mean],
    lower: [...forecast.lower],
    upper: [...forecast.upper],
    summary: summarizePaths(forecast.simulate({ paths }), forecast),
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

/**
 * Quantiles over paths: the least of a path is not the least of the means, and its interval is none of theirs.
 *
 * Paths and mean are learned apart, so that paths may lie to one side of the mean; no answer may say both that a
 * value is expected and that it is not reached, so what lies within what the mean reaches is drawn out to it.
 *
 * The ends of the steps' intervals are learned apart as well. The greatest value stays below a bound no oftener than
 * any one step does, and is above it at least as often: neither end of its interval lies below that of a step;
 * likewise the least value, turned over. The mean is kept between the outermost ends, where over NAB its interval
 * holds as often.
 *
 * Far ahead the line of the mean may be that of a rest which rare bursts interrupt: where hardly any path's mean is
 * that of the line, theirs is told.
 */
function summarizePaths(
  paths: readonly Float64Array[],
  { mean, lower, upper, confidence }: Pick<Forecast, "mean" | "lower" | "upper" | "confidence">,
): SeriesForecast["summary"] {
  const mins = new Float64Array(paths.length);
  const maxs = new Float64Array(paths.length);
  const means = new Float64Array(paths.length);
  paths.forEach((path, p) => [mins[p], maxs[p], means[p]] = reachOf(path));
  const [least, most, middle] = reachOf(mean);
  const [min, max, whole] = [mins, maxs, means].map((values) => middleOf(values, confidence));
  const [lowest, highestLower] = reachOf(lower);
  const [lowestUpper, highest] = reachOf(upper);
  const isReached = whole.lower <= middle && middle <= whole.upper;
  return {
    min: around(Math.min(min.value, least), {
      lower: Math.min(min.lower, lowest),
      upper: Math.min(min.upper, lowestUpper),
    }),
    max: around(Math.max(max.value, most), {
      lower: Math.max(max.lower, highestLower),
      upper: Math.max(max.upper, highest),
    }),
    mean: around(isReached ? middle : Math.max(lowest, Math.min(highest, whole.value)), {
      lower: Math.max(whole.lower, lowest),
      upper: Math.min(whole.upper, highest),
    }),
  };
}

/** The least value, the greatest, and their mean. */
function reachOf(values: Float64Array): [min: number, max: number, mean: number] {
  let [min, max, mean] = [Infinity, -Infinity, 0];
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (value < min) min = value;
    if (value > max) max = value;
    mean += (value - mean) / (k + 1);
  }
  return [min, max, mean];
}

type Summary = SeriesForecast["summary"]["mean"];

/** The interval, as far as the value reaches. */
function around(value: number, { lower, upper }: Omit<Summary, "value">): Summary {
  return { value, lower: Math.min(lower, value), upper: Math.max(upper, value) };
}

function middleOf(values: Float64Array, confidence: number): Summary {
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
