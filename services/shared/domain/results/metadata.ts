import { z } from "zod";
import { count, EXAMPLE_END_MS, figureOrNull, stepMs, text, timeMs } from "../fields.ts";
import { Series } from "../series.ts";
import { AdfFigures, KpssFigures, LjungBoxFigures, PeriodFigures } from "./test_figures.ts";

/** Most lags whose autocorrelation travels in a message. */
export const LAGS_MAX = 1500;

const lags = (what: string, example: number[]) =>
  z.array(z.number()).max(LAGS_MAX + 1).meta({ description: what, example });

/** What a series is like over at least 24 h: the fields of the metadata message and of the REST answer. */
export const Metadata = z.object({
  series: Series,
  fromMs: timeMs("Start of the analysed window, inclusive"),
  toMs: timeMs("End of the analysed window, exclusive", EXAMPLE_END_MS),
  stepMs: stepMs(),
  observations: count("Grid steps with a value", 5_760),
  missing: count("Grid steps without one", 0),
  autocorrelation: z.object({
    verdict: text(
      '"autocorrelated", "not autocorrelated", or "unknown" of too few values; the explanation says why',
      "autocorrelated",
    ),
    explanation: text("The verdict in a sentence", "Values resemble those before them (0.97 at lag 1)"),
    values: lags("Autocorrelation at lag 0, 1, …, each -1 … 1", [1, 0.97]),
    lower: lags("Lower Bartlett bound around each estimate", [1, 0.94]),
    upper: lags("Upper Bartlett bound around each estimate", [1, 1]),
    ljungBox: LjungBoxFigures.nullish().describe(
      "The test behind the verdict; null where nothing can be tested",
    ),
    strongestLag: figureOrNull("The tested lag whose autocorrelation is the largest, in steps", 1).optional(),
    strongestValue: figureOrNull("That autocorrelation, -1 … 1", 0.97).optional(),
  }).loose().describe("How much values resemble those before them, with the figures of the Ljung-Box test"),
  stationarity: z.object({
    verdict: text(
      "The library's word: stationary, trend-stationary, unit-root, inconclusive, constant, or unknown",
      "stationary",
    ),
    explanation: text("The verdict in a sentence", "Both tests agree that the level stays"),
    regression: text(
      "What both tests took the series to return to: a level (c) or a line (ct)",
      "c",
    ).optional(),
    adf: AdfFigures.nullish().describe("The unit-root test; null where it could not be run"),
    kpss: KpssFigures.nullish().describe("The stationarity test; null where it could not be run"),
  }).loose().describe("Whether level and spread stay, with the figures of both tests under `adf` and `kpss`"),
  seasonality: z.object({
    verdict: text('"seasonal", "not seasonal", or "unknown"', "seasonal"),
    explanation: text("The verdict in a sentence", "It repeats every 1h"),
    periods: z.array(z.number()).meta({
      description: "Periods in ms, strongest first",
      example: [3_600_000],
    }),
    profile: z.array(z.number().nullable()).meta({
      description: "One cycle of the strongest period, in the unit of the series",
      example: [0.4, 0.5, 0.3],
    }),
    figures: z.array(PeriodFigures).optional().describe("The evidence for each period, in the same order"),
  }).loose().describe("Whether it repeats, and how long a cycle is"),
}).meta({ id: "Metadata", description: "What a series is like over at least 24 h" });
export type Metadata = z.infer<typeof Metadata>;
