import type { Page, PageRequest } from "../domain/page.ts";
import type { SeriesForecast } from "../domain/results/forecast.ts";
import type { Metadata } from "../domain/results/metadata.ts";
import type { Statistics } from "../domain/results/statistics.ts";
import type { Series } from "../domain/series.ts";
import type { Dependency } from "./health.ts";

/**
 * Reads what data_storage wrote. Needs no writer's rights.
 *
 * Lists are ordered by series id and paged by an opaque cursor; a page never repeats or skips a series that was there
 * all the time.
 */
export interface ResultReader extends Dependency, AsyncDisposable {
  listSeries(filter: SeriesFilter, page: PageRequest): Promise<Page<Series>>;
  readSeries(id: string): Promise<Series | null>;
  /** The newest stored result of one series, `null` when there is none. */
  readLatest<Kind extends keyof StoredResults>(
    kind: Kind,
    id: string,
    options?: LatestOptions,
  ): Promise<Stored<StoredResults[Kind]> | null>;
  /** The newest result of each series (statistics: of each series and window). */
  listLatest<Kind extends keyof StoredResults>(
    kind: Kind,
    filter: SeriesFilter & LatestOptions,
    page: PageRequest,
  ): Promise<Page<Stored<StoredResults[Kind]>>>;
  /** Past forecasts of one series with an origin in the half-open `[fromMs, toMs)`, oldest first, at most `limit`. */
  listForecasts(
    id: string,
    range: { readonly fromMs: number; readonly toMs: number; readonly limit: number },
  ): Promise<readonly Stored<SeriesForecast>[]>;
}

/** The body stored under each kind. */
export interface StoredResults {
  readonly metadata: Metadata;
  readonly statistics: Statistics;
  readonly forecast: SeriesForecast;
}

/** A stored body and when it was produced (epoch ms). */
export type Stored<Body> = Body & { readonly producedAtMs: number };

/** Which series: by metric name (exact) and exact label values. */
export interface SeriesFilter {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Which of several results of a kind. */
export interface LatestOptions {
  /** Statistics only: the window, such as `1h`. */
  readonly window?: string;
}
