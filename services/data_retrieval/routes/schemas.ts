import { z } from "zod";
import { Duration } from "../../shared/domain/duration.ts";
import { Metadata } from "../../shared/domain/metadata.ts";
import { Series } from "../../shared/domain/series.ts";
import { SeriesForecast } from "../../shared/domain/forecast.ts";
import { Statistics } from "../../shared/domain/statistics.ts";
import type { SeriesFilter } from "../../shared/ports/result_reader.ts";

const producedAtMs = z.int().describe("When it was computed, epoch ms of the metrics source");
const finiteOrNull = z.number().nullable();

/** Metadata as stored. */
export const StoredMetadata = Metadata.extend({ producedAtMs }).meta({ id: "StoredMetadata" });
/** Statistics of one window as stored. */
export const StoredStatistics = Statistics.extend({ producedAtMs }).meta({ id: "StoredStatistics" });
/** A forecast as stored; one on demand has no `producedAtMs`. */
export const StoredForecast = SeriesForecast.extend({ producedAtMs: producedAtMs.optional() }).meta({
  id: "StoredForecast",
});

/** Statistics of one series: all windows, or the one asked for, whose fields are then beside the list as well. */
export const SeriesStatistics = z.object({
  items: z.array(StoredStatistics),
  nextCursor: z.null().describe("Always null: all windows are on one page"),
  ...StoredStatistics.partial().shape,
}).meta({ id: "SeriesStatistics" });

/** Values of a series for plots. */
export const Samples = z.object({
  series: Series,
  fromMs: z.int().describe("Time of the first value, epoch ms, inclusive"),
  toMs: z.int().describe("Epoch ms, exclusive"),
  stepMs: z.int().positive().describe("Distance of the values, ms"),
  values: z.array(finiteOrNull).describe(
    "One per step; null where there is no sample. A counter as its rate",
  ),
  reason: z.string().optional().describe("Why there is no value at all"),
}).meta({ id: "Samples" });

/** What past forecasts were worth. */
export const Accuracy = z.object({
  series: Series,
  fromMs: z.int().describe("Origins from here, epoch ms, inclusive"),
  toMs: z.int().describe("Epoch ms, exclusive"),
  graded: z.int().describe("Forecast values that have a sample by now"),
  forecasts: z.int().describe("Forecasts they come from"),
  mae: finiteOrNull.describe("Mean absolute error, in the unit of the series"),
  mase: finiteOrNull.describe("Mean absolute error over the mean change between neighbouring samples"),
  coverage: finiteOrNull.describe("Share of samples within the interval they were given, 0 … 1"),
  newest: z.object({
    timeMs: z.int().describe("Time of the newest sample, epoch ms"),
    originMs: z.int().describe("Origin of the forecast it is held against, epoch ms"),
    value: z.number(),
    mean: z.number().describe("What was expected"),
    lower: z.number(),
    upper: z.number(),
    outside: z.boolean().describe("Whether the value lies outside of its interval"),
  }).nullable().describe("The newest sample against the last forecast made before it"),
  reason: z.string().optional().describe("Why a figure is null"),
}).meta({ id: "Accuracy" });

/** Path of one series. */
export const SeriesPath = z.object({
  id: z.string().max(64).meta({
    description: "Id of the series, 16 hex digits",
    example: "0123456789abcdef",
  }),
});

const LABEL_RULE = "must look like name=value";
const label = z.string().regex(/^[^=]+=/, LABEL_RULE);

/** Parameters by which lists are filtered. */
export const filterQuery = {
  name: z.string().min(1).optional().meta({
    description: "Metric name, exactly",
    example: "node_load1",
  }),
  label: z.union([label, z.array(label).max(20)], LABEL_RULE).optional().meta({
    description: "A label and its exact value as `name=value`; give it again for further labels",
    example: "job=node",
  }),
};

/** `view=summary` leaves out long arrays. */
export const viewQuery = {
  view: z.enum(["full", "summary"]).default("full").describe(
    "summary leaves the long arrays empty, so that a list of thousands is light",
  ),
};

/** A time of a query, epoch ms. */
export const TimeMs: z.ZodType<number, string> = z.string().regex(/^\d{1,15}$/, "must be epoch milliseconds")
  .transform(Number).meta({ type: "integer", example: 1767225600000 });

/** Parameters of a time span: a window up to now, or from and to. */
export const rangeQuery = {
  window: Duration.optional().meta({
    description: "Duration up to now, such as 1h or 90m",
    example: "1h",
    type: "string",
  }),
  fromMs: TimeMs.optional().describe("Start, epoch ms, inclusive"),
  toMs: TimeMs.optional().describe("End, epoch ms, exclusive"),
};

/** The series that a list's parameters ask for. */
export function readFilter(
  query: { readonly name?: string; readonly label?: string | string[] },
): SeriesFilter {
  const pairs = [query.label ?? []].flat().map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return {
    ...(query.name !== undefined && { name: query.name }),
    ...(pairs.length > 0 && { labels: Object.fromEntries(pairs) }),
  };
}
