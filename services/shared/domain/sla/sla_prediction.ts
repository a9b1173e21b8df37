import { z } from "zod";
import { EXAMPLE_SLA_ID, figureOrNull, labelSet, reason, stepMs, text, timeMsOrNull } from "../fields.ts";
import { Backtest } from "../results/forecast.ts";
import { LackingSamples } from "../results/lacking_samples.ts";
import { BoundName } from "./sla_violations.ts";

/** `fresh`; `expired`: made from samples too old to speak of now; `unknown`: there is none. */
export const PredictionState = z.enum(["fresh", "expired", "unknown"]);
export type PredictionState = z.infer<typeof PredictionState>;

const quantile = (percent: number, example: number) =>
  figureOrNull(
    `${percent} % of all paths are out of bounds by then, ms from the origin; null: not within the horizon`,
    example,
  );

const figures = {
  originMs: timeMsOrNull("Time of the newest sample the prediction knows; null where there is none"),
  horizonMs: z.int().positive().meta({ description: "How far it looks, ms", example: 600_000 }),
  stepMs: stepMs(),
  probability: figureOrNull(
    "Of leaving the bounds at any step up to the horizon, 0 … 1; null unless fresh",
    0.12,
  ),
  byStep: z.array(z.number()).meta({
    description:
      "Probability of being out of bounds at or before originMs + (k + 1) · stepMs, entry k, 0 … 1",
    example: [0.01, 0.12],
  }),
  timeToBreachMs: z.object({
    p10: quantile(10, 540_000),
    p50: quantile(50, 580_000),
    p90: quantile(90, 595_000),
  })
    .describe("Quantiles of the time to the breach, unconditional"),
  bound: BoundName.nullable().describe("The bound likelier to be broken"),
  method: z.string().nullable().meta({
    description: "The forecasting method in words; null where there is no prediction",
    example: "Holt-Winters, additive, period 1h",
  }),
  backtest: Backtest.nullable().describe("How that method did on this very series"),
  state: PredictionState.describe(
    "expired: made from samples too old to speak of now; unknown: there is none",
  ),
  reason: reason("Why there is no fresh prediction", "the newest sample is 5m old"),
  lacking: LackingSamples.optional().describe(
    "Where too few samples are the reason: how many are there, of how many; absent otherwise",
  ),
};

/** The next minutes of one label set. */
export const SeriesPrediction = z.object({ ...labelSet(), ...figures }).meta({
  id: "SlaSeriesPrediction",
  description: "The next minutes of one label set",
});
export type SeriesPrediction = z.infer<typeof SeriesPrediction>;

/** The next minutes of an SLA: the figures of its worst series, and each under `series`, worst first. */
export const SlaPrediction = z.object({
  slaId: text("Id of the SLA", EXAMPLE_SLA_ID),
  name: text("Name of the SLA", "load of web-1"),
  ...figures,
  evaluatedAtMs: timeMsOrNull(
    "When it was last judged, by which a prediction is fresh or not (null: not yet)",
  ),
  series: z.array(SeriesPrediction).describe("Each label set, worst first"),
}).meta({ id: "SlaPrediction", description: "The next minutes of an SLA: the figures of its worst series" });
export type SlaPrediction = z.infer<typeof SlaPrediction>;
