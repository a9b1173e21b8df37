import { z } from "zod";
import { Backtest } from "./forecast.ts";
import { BoundName } from "./sla_violations.ts";

const orNull = z.number().nullable();

/** `fresh`; `expired`: made from samples too old to speak of now; `unknown`: there is none. */
export const PredictionState = z.enum(["fresh", "expired", "unknown"]);
export type PredictionState = z.infer<typeof PredictionState>;

const figures = {
  originMs: z.int().nullable().describe("Time of the newest sample the prediction knows, epoch ms"),
  horizonMs: z.int().positive(),
  stepMs: z.int().positive(),
  probability: orNull.describe("Of leaving the bounds at any step up to the horizon; null unless fresh"),
  byStep: z.array(z.number()).describe("Entry k: out of bounds at or before originMs + (k + 1) · stepMs"),
  timeToBreachMs: z.object({ p10: orNull, p50: orNull, p90: orNull }).describe(
    "Quantiles from the origin, unconditional; null where not reached within the horizon",
  ),
  bound: BoundName.nullable().describe("The bound likelier to be broken"),
  method: z.string().nullable().describe("The forecasting method in words"),
  backtest: Backtest.nullable().describe("How that method did on this very series"),
  state: PredictionState,
  reason: z.string().optional().describe("Why there is no fresh prediction"),
};

/** The next minutes of one label set. */
export const SeriesPrediction = z.object({
  seriesId: z.string(),
  labels: z.record(z.string(), z.string()),
  ...figures,
}).meta({ id: "SlaSeriesPrediction" });
export type SeriesPrediction = z.infer<typeof SeriesPrediction>;

/** The next minutes of an SLA: the figures of its worst series, and each under `series`, worst first. */
export const SlaPrediction = z.object({
  slaId: z.string(),
  name: z.string(),
  ...figures,
  series: z.array(SeriesPrediction),
}).meta({ id: "SlaPrediction" });
export type SlaPrediction = z.infer<typeof SlaPrediction>;
