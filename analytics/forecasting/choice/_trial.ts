import type { ForecastCandidate } from "../../forecast_model.ts";
import type { Candidate } from "./_candidates.ts";
import type { Rolled, RollPlan } from "../components/_roll.ts";
import { rolledError } from "./_score.ts";

/** A candidate that was tried, or a blend of several. */
export interface Trial {
  readonly method: string;
  readonly members: readonly Candidate[];
  readonly weights: readonly number[];
  readonly rolled: Rolled;
  readonly score: number;
  readonly isTrusted: boolean;
}

/** By how much the error of a picked blend, and of a single method, is taken larger than it came out. */
const PICKED = 1.2;
const SINGLE = 1.3;

/** Means of the best few, weighted by their inverse squared errors, and the plain mean of the trusted ones. */
export function blends(singles: readonly Trial[], values: Float64Array, plan: RollPlan): Trial[] {
  const result: Trial[] = [];
  const blend = (parts: readonly Trial[], weights: readonly number[], isTrusted: boolean): void => {
    const means = weighted(parts.map((part) => part.rolled.means), weights);
    result.push({
      method: describeBlend(parts.map((part) => part.method)),
      members: parts.flatMap((part) => part.members),
      weights,
      rolled: { means, next: weighted(parts.map((part) => part.rolled.next), weights) },
      score: rolledError(means, values, plan),
      isTrusted,
    });
  };
  for (const size of [2, 3, 4]) {
    const parts = singles.slice(0, size);
    // A part that is much worse than the best would only pull the mean away.
    if (parts.length < size || !(parts[size - 1].score <= 1.5 * parts[0].score)) break;
    const raw = parts.map((part) => 1 / Math.max(part.score, Number.MIN_VALUE) ** 2);
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    blend(parts, raw.map((weight) => Number.isFinite(total) ? weight / total : 1 / size), false);
  }
  const trusted = singles.filter(({ members }) => members[0].isTrusted);
  if (trusted.length > 1) blend(trusted, trusted.map(() => 1 / trusted.length), true);
  return result;
}

/** Orders trials by what they are charged with; none goes before the guard rails that is worse than they are. */
export function rankTrials(trials: readonly Trial[], guard: Trial): Trial[] {
  const isWorse = ({ score }: Trial): number => Number(score > guard.score);
  return [...trials].sort((a, b) =>
    isWorse(a) - isWorse(b) || charged(a, guard) - charged(b, guard) || a.score - b.score
  );
}

/**
 * The error of single methods, and of blends picked for this very backtest, is taken a little larger than it came
 * out: the best of many is partly the luckiest. What is worse than the guard rails is charged as they are, and so
 * stays worse.
 */
function charged({ score, isTrusted, members }: Trial, guard: Trial): number {
  return score * (score > guard.score ? SINGLE : isTrusted ? 1 : members.length > 1 ? PICKED : SINGLE);
}

/** A trial as the explanation shows it; the score is the charged error, scaled as in MASE. */
export function describeTrial(trial: Trial, chosen: Trial, guard: Trial, scale: number): ForecastCandidate {
  const { method } = trial;
  const score = Number.isFinite(trial.score) ? charged(trial, guard) / (scale > 0 ? scale : 1) : null;
  if (trial === chosen) return { method, score };
  const ratio = charged(trial, guard) / charged(chosen, guard);
  const rejected = trial.score > guard.score
    ? `Errors ${describeRatio(trial.score / guard.score)} those of ${guard.method}`
    : ratio > 1
    ? `Errors ${describeRatio(ratio)} the chosen one's`
    : "Could not be fitted to all, or no better than the chosen one";
  return { method, score, rejected };
}

/** How much larger, to as many digits as help to judge it. */
function describeRatio(ratio: number): string {
  if (ratio < 1.001) return "a hair above";
  return ratio < 100 ? `${Number((100 * (ratio - 1)).toPrecision(2))} % above` : "over 100 times";
}

/** What is blended, the seasons that all have in common named once. */
function describeBlend(methods: readonly string[]): string {
  const seasons = /, seasons \d+(?: and \d+)*/.exec(methods[0])?.[0] ?? "";
  const isCommon = seasons !== "" && methods.every((method) => method.includes(seasons));
  return isCommon
    ? `blend of ${methods.map((method) => method.replace(seasons, "")).join(" + ")}${seasons}`
    : `blend of ${methods.join(" + ")}`;
}

function weighted(parts: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const sum = new Float64Array(parts[0].length);
  parts.forEach((part, i) => {
    for (let j = 0; j < sum.length; j++) sum[j] += weights[i] * part[j];
  });
  return sum;
}
