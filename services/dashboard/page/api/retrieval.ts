import type { SeriesForecast } from "../../../shared/domain/forecast.ts";
import type { Metadata } from "../../../shared/domain/metadata.ts";
import type { Series } from "../../../shared/domain/series.ts";
import type { Statistics } from "../../../shared/domain/statistics.ts";
import { request, requestAll } from "./request.ts";

export type { Metadata, Series, SeriesForecast, Statistics };

/** Most series the list shows; the search of the service narrows beyond. */
export const SERIES_SHOWN_MAX = 20_000;

/** Values on a grid, `null` where there was no sample. */
export interface Samples {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
  readonly values: readonly (number | null)[];
}

/** What past forecasts were worth. */
export interface Accuracy {
  readonly graded: number;
  readonly mae: number | null;
  readonly mase: number | null;
  readonly coverage: number | null;
  readonly newest: {
    readonly value: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
    readonly outside: boolean | null;
  } | null;
  readonly reason?: string;
}

/** The three verdicts without the long arrays. */
export type MetadataSummary = Pick<
  Metadata,
  "series" | "stepMs" | "autocorrelation" | "stationarity" | "seasonality"
>;

/** Every known series. */
export function readAllSeries(signal?: AbortSignal): Promise<Series[]> {
  return requestAll<Series>("retrieval/series", SERIES_SHOWN_MAX, signal);
}

/** The verdicts of every series. */
export function readVerdicts(signal?: AbortSignal): Promise<MetadataSummary[]> {
  return requestAll<MetadataSummary>("retrieval/metadata?view=summary", SERIES_SHOWN_MAX, signal);
}

/** The newest statistics of every series over one window. */
export function readAllStatistics(window: string, signal?: AbortSignal): Promise<Statistics[]> {
  return requestAll<Statistics>(`retrieval/statistics?window=${window}`, SERIES_SHOWN_MAX, signal);
}

/** One series. */
export function readSeries(id: string, signal?: AbortSignal): Promise<Series> {
  return request<Series>(`retrieval/series/${id}`, { signal });
}

/** What one series is like. */
export function readMetadata(id: string, signal?: AbortSignal): Promise<Metadata> {
  return request<Metadata>(`retrieval/series/${id}/metadata`, { signal });
}

/** The statistics of one series, one entry per configured window. */
export async function readStatistics(id: string, signal?: AbortSignal): Promise<readonly Statistics[]> {
  return (await request<{ items: Statistics[] }>(`retrieval/series/${id}/statistics`, { signal })).items;
}

/** The forecast of one series; another horizon than the stored one is computed on demand. */
export function readForecast(id: string, horizon: string, signal?: AbortSignal): Promise<SeriesForecast> {
  const query = horizon === "" ? "" : `?horizon=${horizon}`;
  return request<SeriesForecast>(`retrieval/series/${id}/forecast${query}`, { signal });
}

/** Past forecasts whose origin lies in the range, oldest first. */
export function readPastForecasts(
  id: string,
  range: { readonly fromMs: number; readonly toMs: number },
  signal?: AbortSignal,
): Promise<SeriesForecast[]> {
  const query = `fromMs=${Math.round(range.fromMs)}&toMs=${Math.round(range.toMs)}`;
  return requestAll<SeriesForecast>(`retrieval/series/${id}/forecasts?${query}`, 1_500, signal);
}

/** Samples of a range; a counter as its rate. */
export function readSamples(
  id: string,
  range: { readonly fromMs: number; readonly toMs: number },
  signal?: AbortSignal,
): Promise<Samples> {
  const query = `fromMs=${Math.round(range.fromMs)}&toMs=${Math.round(range.toMs)}`;
  return request<Samples>(`retrieval/series/${id}/samples?${query}`, { signal });
}

/** How well past forecasts did. */
export function readAccuracy(id: string, signal?: AbortSignal): Promise<Accuracy> {
  return request<Accuracy>(`retrieval/series/${id}/accuracy`, { signal });
}
