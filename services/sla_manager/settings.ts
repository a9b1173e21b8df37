/** How all SLAs are judged, durations in ms. */
export interface SlaSettings {
  /** Time between two evaluations. */
  readonly intervalMs: number;
  /** Step of SLAs that name none; `null` is the scrape interval, found. */
  readonly stepMs: number | null;
  /** How long a step is left to settle before it is accounted; `null` is one step. */
  readonly settleMs: number | null;
  /** A newest sample of this age or older says nothing about now. */
  readonly staleAfterMs: number;
  /** How far ahead violations are predicted. */
  readonly horizonMs: number;
  /** Probability of a violation within the horizon from which on a series is at risk. */
  readonly riskThreshold: number;
  /** How long a series must be at risk before anybody is told, and calm before it is ok again. */
  readonly riskForMs: number;
  /** Samples from which a forecasting method is chosen: at least so far back, see {@linkcode lookbackOf}. */
  readonly lookbackMs: number;
  /** Time between two choices. */
  readonly chooseIntervalMs: number;
  /** Most choices after one evaluation of all: the cheap first ones, and the thorough ones. */
  readonly choicesMax: { readonly quick: number; readonly full: number };
  /** Simulated paths behind a probability. */
  readonly paths: number;
  /** Most label sets of one SLA. */
  readonly seriesMax: number;
  /** Most reads at once, and how long one may take. */
  readonly readsMax: number;
  readonly readTimeoutMs: number;
  /** A label set that has no samples while others have counts no more after so long. */
  readonly retireAfterMs: number;
  /** A label set without samples for so long is forgotten. */
  readonly forgetAfterMs: number;
  /** Channels that alert changes are told on. */
  readonly channels: readonly string[];
  /** Where people find the service, for links in alerts; `null` when it is not known. */
  readonly externalUrl: string | null;
}

/** What is used where nothing else is configured. */
export const DEFAULT_SETTINGS: SlaSettings = {
  intervalMs: 30_000,
  stepMs: null,
  settleMs: null,
  horizonMs: 600_000,
  riskThreshold: 0.5,
  riskForMs: 60_000,
  staleAfterMs: 180_000,
  lookbackMs: 86_400_000,
  chooseIntervalMs: 900_000,
  choicesMax: { quick: 200, full: 40 },
  paths: 1_000,
  seriesMax: 200,
  readsMax: 4,
  readTimeoutMs: 10_000,
  retireAfterMs: 3_600_000,
  forgetAfterMs: 86_400_000,
  channels: [],
  externalUrl: null,
};

/** A day of minutes holds what a day of hours does not: enough to choose a method on. */
const LOOKBACK_STEPS_MIN = 1_000;

/** How far back samples are read to choose a method for values of this step. */
export function lookbackOf({ lookbackMs }: Pick<SlaSettings, "lookbackMs">, stepMs: number): number {
  return Math.max(lookbackMs, LOOKBACK_STEPS_MIN * stepMs);
}
