import { DomainError } from "../../shared/domain/errors.ts";
import { requireHorizon } from "../../shared/domain/require_horizon.ts";
import type { GridValues } from "../../shared/domain/results/analysed_values.ts";
import { countObserved } from "../../shared/domain/results/count_observed.ts";
import { isFarHorizon } from "../../shared/domain/results/far_horizon.ts";
import { describeOutOfRange } from "../../shared/domain/results/describe_out_of_range.ts";
import { SeriesForecast } from "../../shared/domain/results/forecast.ts";
import type { Series } from "../../shared/domain/series.ts";
import { formatDuration } from "../../shared/domain/units/duration_text.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { ResultReader } from "../../shared/ports/result_reader.ts";
import { POINTS_MAX, type SampleReader } from "../samples/read_samples.ts";

/** The longest horizon that is computed. */
const HORIZON_MAX_MS = 86_400_000;

/** More steps ahead than a day of half minutes tell no more, and would take a minute. */
const HORIZON_STEPS_MAX = 2_880;

/** Forecasts that may wait or run at once; more are told to come back. */
const PENDING_MAX = 32;

/** Finished forecasts kept until their step has passed. */
const KEPT_MAX = 256;

/** As for the stored ones: from few samples the forecast is a level, a line or a walk, and says so (`tooFew`). */
const OBSERVATIONS_MIN = 3;

/** What a forecast is made from. */
export interface ForecastRequest {
  readonly series: Series;
  /** All that is looked back at, missing ones included. */
  readonly samples: GridValues;
  readonly horizonSteps: number;
  /** How many steps ahead the method is to be good for. */
  readonly chosenSteps: number;
  /** Seasonal periods in steps, as found with the metadata; `undefined` to look for them. */
  readonly periods?: readonly number[];
}

/** Computes a forecast off the event loop. */
export type ComputeForecast = (request: ForecastRequest) => Promise<SeriesForecast>;

/** What forecasting on demand needs. */
export interface OnDemandOptions {
  readonly reader: ResultReader;
  readonly readSamples: SampleReader;
  readonly compute: ComputeForecast;
  readonly clock: Clock;
  /** How much of the past a forecast is made from. */
  readonly lookbackMs: number;
}

/** What is asked for. */
export interface HorizonQuery {
  readonly horizonMs: number;
  /** How far the stored forecasts reach, where there are any: what is not far beyond has one method too. */
  readonly storedMs?: number;
}

/** Forecasts a series over any horizon up to 24 h; see {@linkcode createOnDemandForecasts}. */
export type ForecastOnDemand = (series: Series, query: HorizonQuery) => Promise<SeriesForecast>;

/**
 * Makes forecasts over horizons that are not stored: up to twice that of the stored ones by a method chosen for that,
 * so that all of them are parts of one line; far ones by a method chosen for as far as it is looked back.
 *
 * Who asks for the same series and horizon while one is computed gets that one, and who asks within a step of its
 * making gets it again. At most 32 are under way; more are refused with `busy`.
 */
export function createOnDemandForecasts(options: OnDemandOptions): ForecastOnDemand {
  const { reader, readSamples, compute, clock, lookbackMs } = options;
  const pending = new Map<string, Promise<SeriesForecast>>();
  const kept = new Map<string, { readonly forecast: SeriesForecast; readonly madeAtMs: number }>();

  async function make(
    series: Series,
    { horizonMs, storedMs = horizonMs }: HorizonQuery,
  ): Promise<SeriesForecast> {
    const samples = await readSamples(series, {
      windowMs: lookbackMs,
      stepBy: (ownMs) => coarserStepMs(ownMs, { lookbackMs, horizonMs }),
    });
    requireHorizon(horizonMs, samples.stepMs);
    const observations = countObserved(samples.values);
    if (observations < OBSERVATIONS_MIN) {
      const message =
        `Cannot forecast series "${series.id}" as at least ${OBSERVATIONS_MIN} samples are needed`;
      throw new DomainError("not-found", `${message}: found ${observations}`);
    }
    const periods = (await reader.readLatest("metadata", series.id))?.seasonality.periods;
    const horizonSteps = Math.ceil(horizonMs / samples.stepMs);
    const forecast = await compute({
      series,
      samples,
      horizonSteps,
      chosenSteps: isFarHorizon(horizonMs, storedMs)
        ? Math.max(horizonSteps, samples.values.length)
        : Math.ceil(storedMs / samples.stepMs),
      periods: periods?.map((periodMs) => Math.round(periodMs / samples.stepMs)).filter((period) =>
        period > 1
      ),
    });
    const checked = SeriesForecast.safeParse(forecast);
    if (checked.success) return forecast;
    throw new DomainError("not-found", describeOutOfRange("forecast", checked.error.issues));
  }

  return async (series, query) => {
    const { horizonMs, storedMs } = query;
    if (!(horizonMs > 0 && horizonMs <= HORIZON_MAX_MS)) {
      const message = `must be above 0 and at most 24h: found ${formatDuration(horizonMs)}`;
      throw new DomainError("invalid", `Cannot forecast as the horizon ${message}`, {
        fields: [{ field: "horizon", message }],
      });
    }
    const key = `${series.id} ${horizonMs} ${storedMs}`;
    const done = kept.get(key);
    // A clock that was set back must not freeze the answer.
    if (done !== undefined && Math.abs(clock.nowMs() - done.madeAtMs) < done.forecast.stepMs) {
      return done.forecast;
    }
    const underWay = pending.get(key);
    if (underWay !== undefined) return await underWay;
    if (pending.size >= PENDING_MAX) {
      throw new DomainError("busy", `Cannot forecast as ${PENDING_MAX} forecasts are under way: ask again`);
    }
    const work = make(series, query);
    pending.set(key, work);
    try {
      const forecast = await work;
      if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value!);
      kept.set(key, { forecast, madeAtMs: clock.nowMs() });
      return forecast;
    } finally {
      pending.delete(key);
    }
  };
}

/** The least multiple of a step by which neither past nor future has too many. */
function coarserStepMs(
  stepMs: number,
  { lookbackMs, horizonMs }: { readonly lookbackMs: number; readonly horizonMs: number },
): number {
  const past = Math.ceil(lookbackMs / stepMs / POINTS_MAX);
  const future = Math.ceil(horizonMs / stepMs / HORIZON_STEPS_MAX);
  return stepMs * Math.max(1, past, future);
}
