import { z } from "zod";
import { figure, figureOrNull, stepMs, text, timeMs } from "../fields.ts";
import { Series } from "../series.ts";
import { LackingSamples } from "./lacking_samples.ts";

const summary = (what: string) =>
  z.object({
    value: figure("The middle of what is expected, in the unit of the series", 0.42),
    lower: figure("Lower end of its interval, in the unit of the series", 0.35),
    upper: figure("Upper end of its interval, in the unit of the series", 0.51),
  }).describe(what);

const values = (what: string, example: number[]) =>
  z.array(z.number()).meta({ description: `${what}, in the unit of the series`, example });

/** Errors of the chosen method on the series itself, by rolling-origin backtest, in the unit of the series. */
export const Backtest = z.object({
  mae: figure("Mean absolute error, in the unit of the series", 0.03),
  rmse: figure("Root mean squared error, in the unit of the series", 0.04),
  mase: figureOrNull(
    "Mean absolute error over the mean change from one value to the next, with a season from one cycle to the next; null where nothing changes",
    0.8,
  ),
  coverage: figure("Share of values within their interval, 0 … 1", 0.94),
  standardDeviation: figure("Standard deviation of the series, the yardstick, in its unit", 0.2),
}).describe("How the chosen method did on this very series, by rolling-origin backtest");

/** The same where it may not have been run: each figure is then null, and the reason beside them. */
const MaybeBacktest = z.object({
  mae: figureOrNull("Mean absolute error, in the unit of the series", 0.03),
  rmse: figureOrNull("Root mean squared error, in the unit of the series", 0.04),
  mase: Backtest.shape.mase,
  coverage: figureOrNull("Share of values within their interval, 0 … 1", 0.94),
  standardDeviation: figureOrNull("Standard deviation of the series, the yardstick, in its unit", 0.2),
  reason: z.string().optional().meta({
    description: "Why a figure is null",
    example: "3 observations are too few to choose on: they are taken for a level, a line or a walk",
  }),
}).describe("How the chosen method did on this very series, by rolling-origin backtest");

/** The next steps of one series: entry k is for `originMs + (k + 1) · stepMs`. */
export const SeriesForecast = z.object({
  series: Series,
  originMs: timeMs("Time of the newest sample the forecast knows"),
  stepMs: stepMs(),
  horizonMs: z.int().positive().meta({ description: "How far it reaches, ms", example: 600_000 }),
  method: text("The chosen method in words", "Holt-Winters, additive, period 1h"),
  quick: z.boolean().optional().describe("True until the full choice of method had its turn"),
  tooFew: z.string().optional().meta({
    description:
      "Why the figures are no knowledge: too few samples for so far a look. Absent where there are enough",
    example: "only 163 samples so far: 1440, one each 1m, are needed to look 1d ahead",
  }),
  lacking: LackingSamples.optional().describe("The same in figures: how many samples are there, of how many"),
  confidence: figure("Probability, per step, that the value lies in [lower, upper], 0 … 1", 0.95),
  mean: values(
    "Point forecast, by the method with the least absolute error: nearer to the median than to the mean of what may come, which rare bursts lift; entry k is for originMs + (k + 1) · stepMs",
    [0.41, 0.42],
  ),
  lower: values("Lower end of each step's interval", [0.36, 0.35]),
  upper: values("Upper end of each step's interval", [0.46, 0.49]),
  summary: z.object({
    min: summary("The least value within the horizon"),
    max: summary("The greatest value within the horizon"),
    mean: summary(
      "The mean over the horizon; of the paths, where the point forecast leaves what theirs reach",
    ),
  }).describe("What to expect over the whole horizon, from sample paths: never within what `mean` reaches"),
  explanation: z.object({
    candidates: z.array(z.object({
      method: text("A method that was tried", "seasonal naive, period 1h"),
      score: figureOrNull(
        "Its error in the backtest, raised by 20 % of a picked blend and 30 % of a single method, which may have won by luck; null where it was not run",
        0.9,
      ),
      rejected: z.string().optional().meta({
        description: "Why it was not chosen",
        example: "worse in the backtest",
      }),
    })).describe("The methods that were tried"),
    backtest: MaybeBacktest,
    warnings: z.array(z.string()).default([]).meta({
      description: "What the reader should know",
      example: ["the series is short: 40 values"],
    }),
  }).describe("How the method was chosen"),
}).meta({ id: "Forecast", description: "The next steps of one series" });
export type SeriesForecast = z.infer<typeof SeriesForecast>;
