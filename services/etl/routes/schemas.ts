import { z } from "@hono/zod-openapi";
import {
  count,
  EXAMPLE_TIME_MS,
  figure,
  reason,
  text,
  timeMs,
  timeMsOrNull,
} from "../../shared/domain/fields.ts";
import { Series } from "../../shared/domain/series.ts";

const durationMs = (what: string, example: number) => figure(`${what}, ms`, example);

/** One timed function. */
export const Timing = z.object({
  name: text("Function of the library, or stage of a cycle", "judgeStationarity"),
  kind: z.enum(["metadata", "value", "stage"]).describe(
    "metadata functions run on their own interval, value functions every cycle, stages are the cycle's own",
  ),
  count: count("Calls since the start", 1_200),
  last: durationMs("Duration of the last call", 4.2),
  mean: durationMs("Mean duration of all calls", 4.5),
  p95: durationMs("95th percentile of the last thousand calls", 7.9),
}).meta({ id: "Timing", description: "How long one function takes" });

/** One cycle. */
export const Cycle = z.object({
  id: text("Id of the cycle", String(EXAMPLE_TIME_MS)),
  startedAtMs: timeMs("When it began"),
  endedAtMs: timeMsOrNull("When it ended (null while it runs)"),
  state: z.enum(["running", "done", "failed"]).describe("How far it is"),
  reason: reason("Why it failed", "the metrics source does not answer"),
  overran: z.boolean().describe("Whether it took longer than the interval"),
  found: count("Series found", 120),
  progress: z.object({
    stage: z.enum(["discover", "figures", "turns"]).describe(
      "discover: finding the series; figures: statistics and forecasts; turns: metadata and the full choice of a " +
        "method, for those whose turn it is",
    ),
    done: count("Series of this stage that are through", 60),
    total: count("Series of this stage", 100),
  }).describe("How far it is; where it ended"),
  kept: count("Series analysed", 100),
  dropped: count(
    "Series not analysed; why is told under series, and of those to look into among the warnings",
    20,
  ),
  droppedBy: z.object({
    empty: count("Without usable values in the window", 12),
    failed: count("Failed to be analysed", 0),
    unread: count("Samples could not be read", 0),
    unselected: count("Not in the sample asked for, or beyond ETL_SERIES_MAX", 8),
  }).describe("How many of these for each cause"),
  elsewhere: count("Series that another replica analyses", 0),
  leftOut: z.array(z.object({
    rule: text("The rule", "_info series: constant carriers of labels"),
    series: count("How many it left out", 12),
  })).describe("Series left out by rule"),
  published: z.object({
    metadata: count("Messages of metadata", 7),
    statistics: count("Messages of statistics", 300),
    forecast: count("Messages of forecasts", 100),
  }).describe("Messages published"),
  quick: count("Forecasts whose method is a first, quick choice", 3),
  warnings: z.array(z.string()).meta({
    description: "What somebody should know",
    example: ["2 series have too few values for a forecast"],
  }),
  durationsMs: z.record(z.string(), z.number()).meta({
    description: "Per stage, summed over parallel work, and in total, ms",
    example: { read: 320, analyse: 1_900, publish: 40, total: 1_450 },
  }),
}).meta({ id: "Cycle", description: "One run over all series" });

/** What became of one series in a cycle. */
export const CycleSeries = z.object({
  series: Series,
  state: z.enum(["kept", "dropped", "elsewhere"]).describe(
    "Whether it was analysed: elsewhere is by another replica",
  ),
  reason: reason("Why it was dropped", "it has no value in this time"),
  problems: z.array(z.string()).meta({
    description: "What could not be computed",
    example: ["forecast: too few values"],
  }),
}).meta({ id: "CycleSeries", description: "What became of one series in a cycle" });
