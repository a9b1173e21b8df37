import { z } from "zod";
import {
  count,
  EXAMPLE_END_MS,
  EXAMPLE_TIME_MS,
  figure,
  figureOrNull,
  reason,
  stepMs,
  timeMs,
} from "../../shared/domain/fields.ts";
import { SeriesForecast } from "../../shared/domain/results/forecast.ts";
import { Metadata } from "../../shared/domain/results/metadata.ts";
import { Statistics } from "../../shared/domain/results/statistics.ts";
import { Series } from "../../shared/domain/series.ts";
import { Duration } from "../../shared/domain/units/duration.ts";
import { DURATION_PATTERN } from "../../shared/domain/units/duration_text.ts";
import type { SeriesFilter } from "../../shared/ports/result_reader.ts";

const producedAtMs = timeMs("When it was computed, by the clock of the metrics source");

/** Metadata as stored. */
export const StoredMetadata = Metadata.extend({ producedAtMs }).meta({
  id: "StoredMetadata",
  description: "What a series is like over at least 24 h",
});
/** Statistics of one window as stored. */
export const StoredStatistics = Statistics.extend({ producedAtMs }).meta({
  id: "StoredStatistics",
  description: "Summary of one series over one window, [fromMs, toMs)",
});
/** A forecast as stored; one on demand has no `producedAtMs`. */
export const StoredForecast = SeriesForecast.extend({
  producedAtMs: producedAtMs.optional().meta({
    description: "When it was computed, epoch ms of the metrics source; absent when computed on demand",
    example: EXAMPLE_TIME_MS,
  }),
}).meta({
  id: "StoredForecast",
  description: "The next steps of one series",
});

/** Statistics of one series: all windows, or the one asked for, whose fields are then beside the list as well. */
export const SeriesStatistics = z.object({
  items: z.array(StoredStatistics).describe("One entry per window"),
  nextCursor: z.null().describe("Always null: all windows are on one page"),
  ...StoredStatistics.partial().shape,
}).meta({ id: "SeriesStatistics", description: "Statistics of one series, all windows" });

/** Values of a series for plots. */
export const Samples = z.object({
  series: Series,
  fromMs: timeMs("Time of the first value, inclusive"),
  toMs: timeMs("End, exclusive", EXAMPLE_END_MS),
  stepMs: stepMs(),
  values: z.array(z.number().nullable()).meta({
    description: "One per step, in the unit of the series; null: no sample. A counter as its rate per second",
    example: [0.4, null, 0.5],
  }),
  reason: reason("Why there is no value at all"),
}).meta({ id: "Samples", description: "Values of a series over a stretch of time" });

/** What past forecasts were worth. */
export const Accuracy = z.object({
  series: Series,
  fromMs: timeMs("Origins from here, inclusive"),
  toMs: timeMs("End, exclusive", EXAMPLE_END_MS),
  graded: count("Forecast values that have a sample by now", 2_000),
  forecasts: count("Forecasts they come from", 50),
  mae: figureOrNull("Mean absolute error, in the unit of the series", 0.03),
  mase: figureOrNull(
    'Mean absolute error over the mean change between neighbouring samples; below 1 beats "it stays"',
    0.8,
  ),
  coverage: figureOrNull("Share of samples within the interval they were given, 0 … 1", 0.94),
  newest: z.object({
    timeMs: timeMs("Time of the newest sample"),
    originMs: timeMs("Origin of the forecast it is held against"),
    value: figure("The sample, in the unit of the series", 0.42),
    mean: figure("What was expected, in the unit of the series", 0.41),
    lower: figure("Lower end of its interval, in the unit of the series", 0.36),
    upper: figure("Upper end of its interval, in the unit of the series", 0.46),
    outside: z.boolean().describe("Whether the value lies outside of its interval"),
  }).nullable().describe("The newest sample against the last forecast made before it"),
  reason: reason("Why a figure is null; absent where none is"),
}).meta({ id: "Accuracy", description: "What past forecasts were worth" });

/** Path of one series. */
export const SeriesPath = z.object({
  id: z.string().max(64).meta({
    description: "Id of the series, 16 hex digits",
    example: "0123456789abcdef",
  }),
});

const LABEL_RULE = "must look like name=value";
const LABELS_MAX = 20;
const label = z.string().regex(/^[^=]+=/, LABEL_RULE);

/** Parameters by which lists are filtered. */
export const filterQuery = {
  name: z.string().min(1).optional().meta({
    description: "Metric name, exactly",
    example: "node_load1",
  }),
  label: z.union([label, z.array(label).meta({ maxItems: LABELS_MAX })], LABEL_RULE).superRefine(
    (labels, context) => {
      const names = [labels].flat().map((pair) => pair.slice(0, pair.indexOf("=")));
      const twice = names.find((name, i) => names.indexOf(name) < i);
      const rule = names.length > LABELS_MAX
        ? `must be given at most ${LABELS_MAX} times: found ${names.length}`
        : twice !== undefined
        ? `must name each label once: found "${twice}" again`
        : undefined;
      if (rule !== undefined) context.addIssue({ code: "custom", message: rule });
    },
  ).optional().meta({
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
const TimeMs: z.ZodType<number, string> = z.string().regex(/^\d{1,15}$/, "must be epoch milliseconds")
  .transform(Number).meta({ type: "integer", example: EXAMPLE_TIME_MS });

/** Parameters of a time span: a window up to now, or from and to. */
export const rangeQuery = {
  window: Duration.optional().meta({
    description: "Duration up to now, such as 1h or 90m",
    example: "1h",
    type: "string",
    pattern: DURATION_PATTERN.source,
  }),
  fromMs: TimeMs.optional().meta({ description: "Start, epoch ms, inclusive" }),
  toMs: TimeMs.optional().meta({ description: "End, epoch ms, exclusive", example: EXAMPLE_END_MS }),
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
