import { z } from "zod";
import { figureOrNull, text } from "../fields.ts";

/**
 * The figures behind the verdicts, as etl makes them. All are optional: who publishes metadata of his own may have
 * others, or fewer.
 */
const pValue = (what: string) => figureOrNull(`p-value ${what}, 0 … 1`, 0.03);
const critical = (share: string, example: number) => figureOrNull(`Critical value at ${share}`, example);

/** The Ljung–Box test of the first lags together. */
export const LjungBoxFigures = z.object({
  lags: figureOrNull("Lags that are tested together, in steps", 10),
  statistic: figureOrNull("The more, the less the values look like noise", 41.2),
  pValue: pValue("of no autocorrelation at these lags"),
}).partial().loose().meta({ id: "LjungBox", description: "Ljung-Box test of the first lags" });

/** The augmented Dickey–Fuller test. */
export const AdfFigures = z.object({
  statistic: figureOrNull("t-ratio of the level; the more negative, the less like a unit root", -3.9),
  pValue: pValue("of a unit root, so that shocks never fade"),
  usedLag: figureOrNull("Lagged differences in the regression", 2),
  observations: figureOrNull("Rows of the regression", 1_437),
  criticalValues: z.object({
    onePercent: critical("1 %", -3.43),
    fivePercent: critical("5 %", -2.86),
    tenPercent: critical("10 %", -2.57),
  }).partial().loose().describe("MacKinnon's critical values of the statistic for that many rows"),
  informationCriterion: figureOrNull("AIC of the chosen lag; null where no error is left", -1_562.2),
}).partial().loose().meta({
  id: "AugmentedDickeyFuller",
  description: "Augmented Dickey-Fuller test of a unit root",
});

/** The KPSS test. */
export const KpssFigures = z.object({
  statistic: figureOrNull("The more, the less stationary", 0.21),
  pValue: pValue("of stationarity, within the published table of 0.01 … 0.1"),
  pValueBound: text("Whether the p-value is that (exact), or is below 0.01 or above 0.1", "above"),
  usedLag: figureOrNull("Autocovariances in the long-run variance", 24),
  criticalValues: z.object({
    onePercent: critical("1 %", 0.739),
    twoPointFivePercent: critical("2.5 %", 0.574),
    fivePercent: critical("5 %", 0.463),
    tenPercent: critical("10 %", 0.347),
  }).partial().loose().describe("Critical values of the statistic, of Kwiatkowski et al. (1992)"),
}).partial().loose().meta({ id: "Kpss", description: "KPSS test of stationarity" });

/** What speaks for a period. */
export const PeriodFigures = z.object({
  periodMs: figureOrNull("The period, ms", 3_600_000),
  power: figureOrNull("Power of the most telling test over the noise around it, which is 1", 14.8),
  acf: figureOrNull("Autocorrelation at a lag of one period, -1 … 1", 0.96),
  pValue: pValue("of standing out as much in noise"),
  strength: figureOrNull("Share of the variance around the trend that the cycle explains, 0 … 1", 0.9),
}).partial().loose().meta({ id: "PeriodFigures", description: "The evidence for one period" });
