import { chooseForecaster, type Forecaster } from "@pronoia/analytics";
import type { SeriesForecast } from "../../shared/domain/results/forecast.ts";
import { toSeriesForecast } from "../../shared/domain/results/series_forecast.ts";
import { formatDuration } from "../../shared/domain/units/duration.ts";
import type { SeriesJob } from "./analysis_job.ts";
import type { Window } from "./describe_seasonality.ts";
import type { TimeFunction } from "./time_function.ts";

/** A forecaster and where it stands. */
export interface ForecasterState {
  readonly forecaster: Forecaster;
  readonly stepMs: number;
  readonly quick: boolean;
  /** Periods the choice knew of, in steps. */
  readonly periods: readonly number[];
  /** Time after the newest value it has taken. */
  knownToMs: number;
}

/** A forecast, or why there is none. */
export type ForecastOutcome =
  | { readonly forecast: SeriesForecast; readonly state: ForecasterState }
  | { readonly problem: string };

const OBSERVATIONS_MIN = 3;
/** A series silent for longer than the horizon, and for as many steps, is gone rather than late. */
const SILENT_STEPS_MAX = 10;
/** Enough for a summary's 95 % interval; twice as many take twice as long, which is half of a steady cycle. */
const PATHS = 250;

/**
 * Forecasts a series from its newest sample on: by the forecaster it has, brought up to date, or by a new choice, full
 * when one is due and quick otherwise.
 */
export function forecastSeries(
  job: Pick<SeriesJob, "series" | "horizonMs" | "choose">,
  grid: Window,
  known: ForecasterState | undefined,
  periods: readonly number[] | undefined,
  time: TimeFunction,
): ForecastOutcome {
  const { startMs, stepMs } = grid;
  const newest = grid.values.findLastIndex((value) => !Number.isNaN(value));
  const values = grid.values.subarray(0, newest + 1);
  const observations = values.reduce((count, value) => Number.isNaN(value) ? count : count + 1, 0);
  if (observations < OBSERVATIONS_MIN) {
    return { problem: `No forecast: at least ${OBSERVATIONS_MIN} samples are needed, found ${observations}` };
  }
  const silentMs = (grid.values.length - 1 - newest) * stepMs;
  if (silentMs > Math.max(job.horizonMs, SILENT_STEPS_MAX * stepMs)) {
    return { problem: `No forecast: the last sample is ${formatDuration(silentMs)} old` };
  }
  const horizon = Math.max(1, Math.ceil(job.horizonMs / stepMs));
  const knownToMs = startMs + (newest + 1) * stepMs;
  const state = known !== undefined && isUsable(known, job, grid, knownToMs)
    ? bringUpToDate(known, values.subarray((known.knownToMs - startMs) / stepMs), knownToMs, time)
    : {
      forecaster: choose(values, { job, stepMs, horizon, periods: periods ?? known?.periods ?? [] }, time),
      stepMs,
      quick: !job.choose,
      periods: periods ?? known?.periods ?? [],
      knownToMs,
    };
  const forecast = time("forecast", "value", () => state.forecaster.forecast(horizon));
  const body = time(
    "simulate",
    "value",
    () =>
      toSeriesForecast(forecast, {
        series: job.series,
        originMs: knownToMs - stepMs,
        stepMs,
        quick: state.quick,
        paths: PATHS,
      }),
  );
  return { forecast: body, state };
}

function isUsable(
  known: ForecasterState,
  job: Pick<SeriesJob, "choose">,
  grid: Window,
  knownToMs: number,
): boolean {
  return !job.choose && known.stepMs === grid.stepMs &&
    known.knownToMs >= grid.startMs && known.knownToMs <= knownToMs;
}

function bringUpToDate(
  state: ForecasterState,
  news: Float64Array,
  knownToMs: number,
  time: TimeFunction,
): ForecasterState {
  if (news.length > 0) time("update", "value", () => state.forecaster.update(news));
  state.knownToMs = knownToMs;
  return state;
}

function choose(
  values: Float64Array,
  options: {
    readonly job: Pick<SeriesJob, "choose">;
    readonly stepMs: number;
    readonly horizon: number;
    readonly periods: readonly number[];
  },
  time: TimeFunction,
): Forecaster {
  const { job, stepMs, horizon, periods } = options;
  const effort = job.choose ? "full" : "quick";
  return time(
    `chooseForecaster (${effort})`,
    "metadata",
    () => chooseForecaster(values, { periods, stepMs, horizon, effort }),
  );
}
