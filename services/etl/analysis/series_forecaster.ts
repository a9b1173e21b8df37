import { chooseForecaster, type Forecaster } from "@pronoia/analytics";
import type { GridValues } from "../../shared/domain/results/analysed_values.ts";
import { countObserved } from "../../shared/domain/results/count_observed.ts";
import type { SeriesForecast } from "../../shared/domain/results/forecast.ts";
import { toSeriesForecast } from "../../shared/domain/results/series_forecast.ts";
import { formatDuration } from "../../shared/domain/units/duration_text.ts";
import type { SeriesJob } from "./analysis_job.ts";
import type { TimeFunction } from "./time_function.ts";

/** A forecaster and where it stands. */
export interface ForecasterState {
  readonly forecaster: Forecaster;
  readonly stepMs: number;
  /** Whether it knows a counter's rates. */
  readonly ofRates: boolean;
  readonly quick: boolean;
  /** Periods the choice knew of, in steps. */
  readonly periods: readonly number[];
  /** Time after the newest value it has taken. */
  knownToMs: number;
}

/** What a forecast builds on. */
export interface ForecastContext {
  /** The forecaster so far, if there is one. */
  readonly known: ForecasterState | undefined;
  /** Periods in steps; absent, those that the forecaster so far knew of. */
  readonly periods: readonly number[] | undefined;
  readonly time: TimeFunction;
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
 * Forecasts a series from its newest sample on: by the forecaster it has, brought up to date, or by a new choice,
 * full when one is due and quick otherwise. One that the newest samples show to be outgrown is replaced at once.
 */
export function forecastSeries(
  job: Pick<SeriesJob, "series" | "lookbackMs" | "horizonMs" | "choose">,
  grid: GridValues,
  context: ForecastContext,
): ForecastOutcome {
  const { known, periods = known?.periods ?? [], time } = context;
  const { startMs, stepMs } = grid;
  const newest = grid.values.findLastIndex((value) => !Number.isNaN(value));
  const values = grid.values.subarray(0, newest + 1);
  const observations = countObserved(values);
  if (observations < OBSERVATIONS_MIN) {
    return { problem: `No forecast: at least ${OBSERVATIONS_MIN} samples are needed, found ${observations}` };
  }
  const silentMs = (grid.values.length - 1 - newest) * stepMs;
  if (silentMs > Math.max(job.horizonMs, SILENT_STEPS_MAX * stepMs)) {
    return { problem: `No forecast: the last sample is ${formatDuration(silentMs)} old` };
  }
  const horizon = Math.max(1, Math.ceil(job.horizonMs / stepMs));
  const knownToMs = startMs + (newest + 1) * stepMs;
  let state = known;
  const ofRates = job.series.type === "counter";
  if (
    state === undefined || job.choose || state.ofRates !== ofRates ||
    !carryOn(state, { grid, values, knownToMs, time })
  ) {
    const effort = job.choose ? "full" : "quick";
    const choose = () => chooseForecaster(values, { periods, stepMs, horizon, effort });
    const forecaster = time(`chooseForecaster (${effort})`, "metadata", choose);
    state = { forecaster, stepMs, ofRates, quick: !job.choose, periods, knownToMs };
  }
  const { forecaster, quick } = state;
  const forecast = time("forecast", "value", () => forecaster.forecast(horizon));
  const body = time(
    "simulate",
    "value",
    () =>
      toSeriesForecast(forecast, {
        series: job.series,
        originMs: knownToMs - stepMs,
        stepMs,
        observations,
        lookbackMs: job.lookbackMs,
        quick,
        paths: PATHS,
      }),
  );
  return { forecast: body, state };
}

/** Brings a forecaster up to date; whether it can be, and still stands for the series then. */
function carryOn(
  known: ForecasterState,
  { grid, values, knownToMs, time }: {
    readonly grid: GridValues;
    readonly values: Float64Array;
    readonly knownToMs: number;
    readonly time: TimeFunction;
  },
): boolean {
  if (!continues(known, grid, knownToMs)) return false;
  const news = values.subarray((known.knownToMs - grid.startMs) / grid.stepMs);
  if (news.length > 0) time("update", "value", () => known.forecaster.update(news));
  known.knownToMs = knownToMs;
  return !known.forecaster.isOutgrown;
}

/** Whether the grid holds all that came after what the forecaster knows, at the same step. */
function continues(known: ForecasterState, { startMs, stepMs }: GridValues, knownToMs: number): boolean {
  return known.stepMs === stepMs && known.knownToMs >= startMs && known.knownToMs <= knownToMs;
}
