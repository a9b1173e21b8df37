import { z } from "zod";
import { Series } from "./series.ts";

const summary = z.object({ value: z.number(), lower: z.number(), upper: z.number() });

/** Errors of the chosen method on the series itself, by rolling-origin backtest, in the unit of the series. */
export const Backtest = z.object({
  mae: z.number(),
  rmse: z.number(),
  mase: z.number().nullable().describe("Mean absolute scaled error; null where the scale is 0"),
  coverage: z.number().describe("Share of values within their interval, 0 … 1"),
  standardDeviation: z.number().describe("Standard deviation of the series, the yardstick"),
});

/** The next steps of one series: entry k is for `originMs + (k + 1) · stepMs`. */
export const SeriesForecast = z.object({
  series: Series,
  originMs: z.int().describe("Time of the newest sample the forecast knows, epoch ms"),
  stepMs: z.int().positive(),
  horizonMs: z.int().positive(),
  method: z.string(),
  quick: z.boolean().optional().describe("True until the full choice of method had its turn"),
  confidence: z.number().describe("Probability per step of [lower, upper]"),
  mean: z.array(z.number()),
  lower: z.array(z.number()),
  upper: z.array(z.number()),
  summary: z.object({ min: summary, max: summary, mean: summary }).describe(
    "Over the horizon, from sample paths",
  ),
  explanation: z.object({
    candidates: z.array(z.object({
      method: z.string(),
      score: z.number().nullable(),
      rejected: z.string().optional(),
    })),
    backtest: Backtest.nullable(),
    warnings: z.array(z.string()).default([]),
  }),
}).meta({ id: "Forecast" });
export type SeriesForecast = z.infer<typeof SeriesForecast>;
