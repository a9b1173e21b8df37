import { crc32 } from "node:zlib";
import type { SeriesForecast } from "../../domain/results/forecast.ts";
import type { ResultMessage } from "../../domain/results/messages.ts";
import type { Metadata } from "../../domain/results/metadata.ts";
import type { Statistics } from "../../domain/results/statistics.ts";
import type { Series } from "../../domain/series.ts";
import type { Stored } from "../../ports/result_reader.ts";
import type { UpsertRow } from "../sql/sql_upsert.ts";

type Of<Kind extends ResultMessage["kind"]> = Extract<ResultMessage, { kind: Kind }>;

/** Rows of `series`. */
export interface SeriesRow {
  readonly series_id: string;
  readonly series_name: string;
  readonly series_labels: string;
  readonly series_type: Series["type"];
  readonly series_unit: string | null;
}

/** Rows of `metadata` with their series. */
export interface MetadataRow extends SeriesRow {
  readonly body: string;
  readonly correlations: Uint8Array;
  readonly produced_at: number;
}

/** Rows of `statistics` with their series. */
export interface StatisticsRow extends SeriesRow {
  readonly window: string;
  readonly window_start: number;
  readonly window_end: number;
  readonly count: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  readonly standard_deviation: number | null;
  readonly reason: string | null;
  readonly produced_at: number;
}

/** Rows of `forecasts` with their series. */
export interface ForecastRow extends SeriesRow {
  readonly body: string;
  readonly steps: Uint8Array;
  readonly produced_at: number;
}

/** The row of a message's series. */
export function toSeriesRow({ series, producedAtMs }: ResultMessage): UpsertRow {
  const { id, name, labels, type, unit } = series;
  const text = JSON.stringify(sortKeys(labels));
  return [id, name, text, type, unit, producedAtMs, tieOf(name, text, type, unit)];
}

/** The row of a metadata message. */
export function toMetadataRow(message: Of<"metadata">): UpsertRow {
  const { series, version: _version, kind: _kind, producedAtMs, ...rest } = message;
  const { values, lower, upper, ...correlation } = rest.autocorrelation;
  const body = JSON.stringify({ ...rest, autocorrelation: correlation });
  const blob = packArrays([values, lower, upper]);
  return [series.id, body, blob, producedAtMs, tieOf(body, blob)];
}

/** The row of a statistics message. */
export function toStatisticsRow(message: Of<"statistics">): UpsertRow {
  const { series, window, fromMs, toMs, count, min, max, mean, standardDeviation, producedAtMs } = message;
  const reason = message.reason ?? null;
  const figures = [fromMs, count, plain(min), plain(max), plain(mean), plain(standardDeviation), reason];
  return [series.id, window, toMs, ...figures, producedAtMs, tieOf(JSON.stringify(figures))];
}

/** The row of a forecast message. */
export function toForecastRow(message: Of<"forecast">): UpsertRow {
  const { series, version: _version, kind: _kind, producedAtMs, originMs, mean, lower, upper, ...rest } =
    message;
  const body = JSON.stringify(rest);
  const blob = packArrays([mean, lower, upper]);
  return [series.id, originMs, body, blob, producedAtMs, tieOf(body, blob)];
}

/** A series as it was published. */
export function fromSeriesRow(row: SeriesRow): Series {
  return {
    id: row.series_id,
    name: row.series_name,
    labels: JSON.parse(row.series_labels),
    type: row.series_type,
    unit: row.series_unit,
  };
}

/** Metadata as they were published. */
export function fromMetadataRow(row: MetadataRow): Stored<Metadata> {
  const body = JSON.parse(row.body);
  const [values, lower, upper] = unpackArrays(row.correlations);
  return {
    series: fromSeriesRow(row),
    ...body,
    autocorrelation: { ...body.autocorrelation, values, lower, upper },
    producedAtMs: row.produced_at,
  };
}

/** Statistics as they were published. */
export function fromStatisticsRow(row: StatisticsRow): Stored<Statistics> {
  return {
    series: fromSeriesRow(row),
    window: row.window,
    fromMs: row.window_start,
    toMs: row.window_end,
    count: row.count,
    min: row.min,
    max: row.max,
    mean: row.mean,
    standardDeviation: row.standard_deviation,
    ...(row.reason === null ? {} : { reason: row.reason }),
    producedAtMs: row.produced_at,
  };
}

/** A forecast as it was published. */
export function fromForecastRow(row: ForecastRow & { readonly origin: number }): Stored<SeriesForecast> {
  const [mean, lower, upper] = unpackArrays(row.steps);
  const { explanation, ...body } = JSON.parse(row.body);
  return {
    series: fromSeriesRow(row),
    originMs: row.origin,
    ...body,
    // Rows written before there was a reason hold nothing where no backtest was run.
    explanation: { ...explanation, backtest: explanation.backtest ?? NO_BACKTEST },
    mean,
    lower,
    upper,
    producedAtMs: row.produced_at,
  };
}

const NO_BACKTEST: SeriesForecast["explanation"]["backtest"] = {
  mae: null,
  rmse: null,
  mase: null,
  coverage: null,
  standardDeviation: null,
  reason: "no backtest was run",
};

/** Lengths first, then the numbers one after another. */
function packArrays(arrays: readonly (readonly number[])[]): Uint8Array {
  const total = arrays.reduce((sum, { length }) => sum + 1 + length, 0);
  const packed = new Float64Array(total);
  let at = arrays.length;
  arrays.forEach((array, k) => {
    packed[k] = array.length;
    packed.set(array, at);
    at += array.length;
  });
  return new Uint8Array(packed.buffer);
}

function unpackArrays(bytes: Uint8Array): number[][] {
  // A copy: what a driver gives may start at any byte of a larger buffer, a Float64Array must start at an eighth.
  const packed = new Float64Array(new Uint8Array(bytes).buffer);
  let at = 3;
  return [0, 1, 2].map((k) => Array.from(packed.subarray(at, at += packed[k])));
}

/** Decides between two messages of the same millisecond: any order will do if it is always the same. */
function tieOf(...parts: readonly (string | Uint8Array | null)[]): number {
  return parts.reduce<number>((sum, part) => crc32(part ?? "", sum), 0);
}

/** −0 is 0 to the engines; so it is here, lest a tie depend on it. */
function plain(value: number | null): number | null {
  return value === null ? null : value + 0;
}

function sortKeys(labels: Series["labels"]): Series["labels"] {
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
