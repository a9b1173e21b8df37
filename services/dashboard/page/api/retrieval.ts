import type { operations } from "../../../../client/mod.ts";
import type { TimeRange } from "../zoom_range.ts";
import { answerOf, readList, type Schemas, services } from "./request.ts";

/** One Prometheus series. */
export type Series = Schemas["Series"];
/** What one series is like. */
export type Metadata = Schemas["StoredMetadata"];
/** Summary of one series over one window. */
export type Statistics = Schemas["StoredStatistics"];
/** The next steps of one series. */
export type SeriesForecast = Schemas["StoredForecast"];
/** Values on a grid, `null` where there was no sample. */
export type Samples = Schemas["Samples"];
/** What past forecasts were worth. */
export type Accuracy = Schemas["Accuracy"];

/** The three verdicts without the long arrays. */
export type MetadataSummary = Pick<
  Metadata,
  "series" | "stepMs" | "autocorrelation" | "stationarity" | "seasonality"
>;

/** Most series the list shows; the search of the service narrows beyond. */
const SERIES_SHOWN_MAX = 20_000;

/** Most past forecasts a chart compares. */
const FORECASTS_COMPARED_MAX = 1_500;

/** Every known series. */
export function readAllSeries(signal?: AbortSignal): Promise<Series[]> {
  return readList(
    SERIES_SHOWN_MAX,
    (query) => services.GET("/retrieval/series", { params: { query }, signal }),
  );
}

/** The verdicts of every series. */
export function readVerdicts(signal?: AbortSignal): Promise<MetadataSummary[]> {
  return readList(
    SERIES_SHOWN_MAX,
    (page) =>
      services.GET("/retrieval/metadata", { params: { query: { view: "summary", ...page } }, signal }),
  );
}

/** The newest statistics of every series over one window. */
export function readAllStatistics(window: StatisticsWindow, signal?: AbortSignal): Promise<Statistics[]> {
  return readList(
    SERIES_SHOWN_MAX,
    (page) => services.GET("/retrieval/statistics", { params: { query: { window, ...page } }, signal }),
  );
}

/** One series. */
export function readSeries(id: string, signal?: AbortSignal): Promise<Series> {
  return answerOf(services.GET("/retrieval/series/{id}", { params: { path: { id } }, signal }));
}

/** What one series is like. */
export function readMetadata(id: string, signal?: AbortSignal): Promise<Metadata> {
  return answerOf(services.GET("/retrieval/series/{id}/metadata", { params: { path: { id } }, signal }));
}

/** The statistics of one series, one entry per configured window. */
export async function readStatistics(id: string, signal?: AbortSignal): Promise<readonly Statistics[]> {
  const params = { path: { id } };
  return (await answerOf(services.GET("/retrieval/series/{id}/statistics", { params, signal }))).items;
}

/** The forecast of one series; another horizon than the stored one is computed on demand. */
export function readForecast(id: string, horizon: string, signal?: AbortSignal): Promise<SeriesForecast> {
  const params = { path: { id }, query: horizon === "" ? {} : { horizon } };
  return answerOf(services.GET("/retrieval/series/{id}/forecast", { params, signal }));
}

/** Past forecasts whose origin lies in the range, oldest first. */
export function readPastForecasts(
  id: string,
  range: TimeRange,
  signal?: AbortSignal,
): Promise<SeriesForecast[]> {
  return readList(FORECASTS_COMPARED_MAX, (page) => {
    const params = { path: { id }, query: { ...wholeMs(range), ...page } };
    return services.GET("/retrieval/series/{id}/forecasts", { params, signal });
  });
}

/** Samples of a range; a counter as its rate. */
export function readSamples(id: string, range: TimeRange, signal?: AbortSignal): Promise<Samples> {
  const params = { path: { id }, query: wholeMs(range) };
  return answerOf(services.GET("/retrieval/series/{id}/samples", { params, signal }));
}

/** How well past forecasts did. */
export function readAccuracy(id: string, signal?: AbortSignal): Promise<Accuracy> {
  return answerOf(services.GET("/retrieval/series/{id}/accuracy", { params: { path: { id } }, signal }));
}

/** The windows that statistics are asked by. */
type StatisticsWindow = NonNullable<
  NonNullable<operations["retrieval_listStatistics"]["parameters"]["query"]>["window"]
>;

function wholeMs({ fromMs, toMs }: TimeRange): TimeRange {
  return { fromMs: Math.round(fromMs), toMs: Math.round(toMs) };
}
