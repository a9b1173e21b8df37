import { z } from "zod";
import { Series } from "./series.ts";

const finite = z.number();
const count = z.int().min(0);

/** Most lags whose autocorrelation travels in a message. */
export const LAGS_MAX = 1500;

/** What a series is like over at least 24 h: the fields of the metadata message and of the REST answer. */
export const Metadata = z.object({
  series: Series,
  fromMs: z.int().describe("Start of the analysed window, epoch ms, inclusive"),
  toMs: z.int().describe("End of the analysed window, epoch ms, exclusive"),
  stepMs: z.int().positive().describe("Grid step, ms"),
  observations: count.describe("Grid steps with a value"),
  missing: count.describe("Grid steps without one"),
  autocorrelation: z.object({
    verdict: z.string().describe(
      '"autocorrelated", "not autocorrelated", or "unknown" with the reason in the explanation',
    ),
    explanation: z.string(),
    values: z.array(finite).max(LAGS_MAX + 1).describe("Autocorrelation at lag 0, 1, …"),
    lower: z.array(finite).max(LAGS_MAX + 1).describe("Lower Bartlett bound around each estimate"),
    upper: z.array(finite).max(LAGS_MAX + 1).describe("Upper Bartlett bound around each estimate"),
  }).loose(),
  stationarity: z.object({
    verdict: z.string().describe(
      "The library's word: stationary, trend-stationary, unit-root, inconclusive, constant, or unknown",
    ),
    explanation: z.string(),
  }).loose().describe("With the figures of both tests under `adf` and `kpss`"),
  seasonality: z.object({
    verdict: z.string().describe('"seasonal", "not seasonal", or "unknown"'),
    explanation: z.string(),
    periods: z.array(finite).describe("Periods in ms, strongest first"),
    profile: z.array(finite.nullable()).describe(
      "One cycle of the strongest period, in the unit of the series",
    ),
  }).loose(),
}).meta({ id: "Metadata" });
export type Metadata = z.infer<typeof Metadata>;
