import { formatSpan } from "./time.ts";

/** What an analysis is made from, as a person would say it: "24 h of samples …", for within a sentence. */
export function describeObservations(
  { observations, missing, stepMs }: {
    readonly observations: number;
    readonly missing: number;
    readonly stepMs: number;
  },
): string {
  const count = (number: number) => number.toLocaleString("en-US");
  const from = `${formatSpan(observations * stepMs)} of samples (${count(observations)} ${
    observations === 1 ? "value" : "values"
  }, one each ${formatSpan(stepMs)})`;
  if (missing === 0) return `${from}; none is missing`;
  const whole = formatSpan((observations + missing) * stepMs);
  if (missing > observations) return `${from} in the ${whole} looked at; it is young, or was silent`;
  // What a verdict says of steps is of all of them, with and without a value.
  return `${from}; of the ${count(observations + missing)} steps in ${whole}, ${count(missing)} ${
    missing === 1 ? "has" : "have"
  } no value`;
}

/** What becomes of the time without samples. */
const REST = {
  unknown: "nothing is said about the rest",
  violated:
    "the budget counts the rest as violated, and each stretch from which the newest sample is stale is a violation",
  ok: "the rest has no value to list, and counts as in bounds for the state and the budget",
};

/** How much of a window samples tell of; of a window that has nearly none, that is what can be read. */
export function describeMissing(
  missingMs: number,
  windowMs: number,
  noData: keyof typeof REST = "unknown",
): string {
  const known = Math.max(0, windowMs - missingMs);
  return `There are samples of ${formatSpan(known)} of these ${formatSpan(windowMs)}: ${REST[noData]}.`;
}
