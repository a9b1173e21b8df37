import type { MetadataSummary } from "../api/retrieval.ts";
import { formatPeriod } from "./time.ts";

/** The library's words for the tests it made, and what an engineer would say. */
const WORDS: Readonly<Record<string, string>> = {
  "stationary": "steady",
  "trend-stationary": "trending",
  "unit-root": "drifting",
  "inconclusive": "unclear",
  "constant": "constant",
  "unknown": "not known yet",
  "autocorrelated": "each value resembles those before it",
  "not autocorrelated": "a value tells nothing of the next",
  "seasonal": "seasonal",
  "not seasonal": "no season",
};

/** A verdict in everyday words; one that is new to the page stays as it is. */
export function verdictWords(verdict: string): string {
  return WORDS[verdict] ?? verdict;
}

/** What a series is like, in a few words for a list: what can't be said is left out, unless nothing else can. */
export function describeVerdicts(
  { seasonality, stationarity }: Pick<MetadataSummary, "seasonality" | "stationarity">,
): string {
  const [period] = seasonality.periods;
  const level = verdictWords(stationarity.verdict);
  const isUnclear = ["inconclusive", "unknown"].includes(stationarity.verdict);
  if (period !== undefined) return `seasonal (${formatPeriod(period)})${isUnclear ? "" : `, ${level}`}`;
  return seasonality.verdict === "unknown" && isUnclear ? verdictWords("unknown") : level;
}
