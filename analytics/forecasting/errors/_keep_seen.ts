import { Analogues, LAGS } from "./_analogues.ts";
import { withErrors } from "./_with_errors.ts";
import { learnShares } from "./_learn_shares.ts";
import type { Rolled, RollPlan } from "../components/_roll.ts";
import { observedMean } from "../../series/_observed_mean.ts";
import { nextVolatility, SeenErrors } from "./_seen_errors.ts";

/** Most origins that are kept to draw paths from, and most forecasts of theirs. */
const ROWS_MAX = 128;
const ENTRIES_MAX = 6000;
/** Most values that are kept to find stretches in that are alike, but for what was forecast. */
const VALUES_MAX = 2048;
/** Digits of the usual error that are kept, and most decimals that shorten a number near 1. */
const DIGITS = 10;
const DECIMALS_MAX = 15;

/** Keeps what the rolling origins showed, in few enough digits to be stored. */
export function keepSeen(
  rolled: Rolled,
  values: Float64Array,
  plan: RollPlan,
  { settle, targets, ...drift }: {
    readonly settle: (value: number) => number;
    /** Most origins that are foretold from the others. */
    readonly targets: number;
    readonly growth: number;
    readonly pace: number;
  },
): SeenErrors {
  const { start, horizon, stride } = plan;
  const { atOrigins, usual, atEnd } = volatilityOf(rolled.next, values, plan);
  const shorten = createShorten(usual);
  const seen = seenOrigins(values, plan);
  const kept = Math.max(8, Math.min(ROWS_MAX, Math.floor(ENTRIES_MAX / horizon), seen.length));
  const rows = Array.from(
    { length: Math.min(kept, seen.length) },
    (_, i) => seen[Math.floor(i * seen.length / kept)],
  );
  const means = new Float64Array(rows.length * horizon);
  rows.forEach((row, i) => means.set(rolled.means.subarray(row * horizon, (row + 1) * horizon), i * horizon));
  const volatility = Float64Array.from(rows, (row) => shorten(atOrigins[row]));
  const from = Math.max(0, Math.min(start - LAGS, values.length - VALUES_MAX));
  const parts = withErrors({
    steps: horizon,
    actual: values.slice(from).map((value) => {
      const short = shorten(value);
      return settle(short) === settle(value) ? short : value;
    }),
    starts: Float64Array.from(rows, (row) => start - from + row * stride),
    means: means.map(shorten),
    volatility,
    usual,
    ...drift,
  });
  const analogues = new Analogues(parts.actual, horizon);
  return new SeenErrors(parts, {
    analogues,
    newest: analogues.before(parts.actual.length),
    shares: learnShares(parts, analogues, { settle, targets }),
    volatility: atEnd,
  });
}

/** Origins after which at least half as much came as at most: a gap says nothing of the errors. */
function seenOrigins(values: Float64Array, { start, horizon, stride, origins }: RollPlan): number[] {
  const observed = Array.from({ length: origins }, (_, row) => {
    const from = start + row * stride;
    return values.subarray(from, from + horizon).filter((value) => value === value).length;
  });
  const most = Math.max(...observed);
  return [...observed.keys()].filter((row) => 2 * observed[row] >= most);
}

/**
 * Rounds to as many decimals as tell a ten-billionth of the usual error, so that neither the level nor the unit of a
 * series shows in how far off its forecasts were.
 */
function createShorten(usual: number): (value: number) => number {
  const decimals = DIGITS - Math.floor(Math.log10(usual));
  // Beyond this, a double has no further decimals to leave out.
  if (!(decimals >= 0 && decimals <= DECIMALS_MAX)) return (value) => value;
  const scale = 10 ** decimals;
  return (value) => Math.round(value * scale) / scale;
}

/** The running size of the one-step errors before each origin, and after the last value. */
function volatilityOf(
  next: Float64Array,
  values: Float64Array,
  plan: RollPlan,
): { atOrigins: Float64Array; usual: number; atEnd: number } {
  const errors = next.map((mean, i) => Math.abs(values[plan.start + i] - mean));
  const usual = observedMean(errors);
  const atOrigins = new Float64Array(plan.origins);
  let size = usual;
  for (let i = 0; i < errors.length; i++) {
    const origin = i / plan.stride;
    if (Number.isInteger(origin) && origin < plan.origins) atOrigins[origin] = size;
    if (errors[i] === errors[i]) size = nextVolatility(size, errors[i]);
  }
  return { atOrigins, usual, atEnd: size };
}
