import type { ResultKind } from "../../shared/domain/results/messages.ts";
import type { Series } from "../../shared/domain/series.ts";

/** Fewer values than this are not analysed. */
export const OBSERVATIONS_MIN = 2;

/** What a worker is asked to do. */
export type AnalysisJob = SeriesJob | ForgetJob;

/** Analyse one series up to `toMs`. */
export interface SeriesJob {
  readonly kind: "series";
  readonly series: Series;
  readonly stepMs: number;
  /** Time of the first value; for a counter one step before the window, as a rate needs the sample before. */
  readonly startMs: number;
  /** End of the window, exclusive. */
  readonly toMs: number;
  /** Samples as read, a counter as it counts. */
  readonly values: Float64Array;
  readonly lookbackMs: number;
  readonly windowsMs: readonly number[];
  readonly horizonMs: number;
  readonly producedAtMs: number;
  /** Whether autocorrelation, stationarity and seasonality are due. */
  readonly metadata: boolean;
  /** Whether the choice of a forecaster is due; a series that has none is given a quick one anyway. */
  readonly choose: boolean;
  /** Whether statistics and forecast are due. */
  readonly figures: boolean;
}

/** Forget what is kept for series that are gone. */
export interface ForgetJob {
  readonly kind: "forget";
  readonly ids: readonly string[];
}

/** Functions are timed apart: metadata is rare, values come every cycle. */
export type FunctionKind = "metadata" | "value";

/** How long one call of a function took. */
export interface FunctionTiming {
  readonly name: string;
  readonly kind: FunctionKind;
  readonly durationMs: number;
}

/** Why a series has no results: it is empty where its window has too few usable values. */
export interface Drop {
  readonly cause: "empty" | "failed";
  /** In a sentence. */
  readonly reason: string;
}

/** What came of a job. */
export interface AnalysisOutcome {
  /** Encoded messages, ready to be published. */
  readonly messages: readonly { readonly kind: ResultKind; readonly value: Uint8Array }[];
  readonly timings: readonly FunctionTiming[];
  /** Why the series has no results at all; absent if it has. */
  readonly dropped?: Drop;
  /** What could not be computed, in sentences. */
  readonly problems: readonly string[];
  /** Whether the forecast is by a quick choice; `null` without a forecast. */
  readonly quick: boolean | null;
}
