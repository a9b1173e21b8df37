import type { BacktestSummary, ForecastCandidate } from "../forecast_model.ts";
import { Blend } from "./_blend.ts";
import type { Bounds } from "./_bounds.ts";
import { type Candidate, listCandidates } from "./_candidates.ts";
import type { Component } from "./_component.ts";
import { nextVolatility, SeenErrors } from "./_seen_errors.ts";
import { planRoll, roll, type Rolled, type RollPlan } from "./_roll.ts";
import { rolledError, rolledErrors } from "./_score.ts";

/** What is chosen from. */
export interface ChoiceTask {
  readonly values: Float64Array;
  readonly periods: readonly number[];
  /** Whether the periods are more than a guess. */
  readonly isFounded: boolean;
  readonly horizon: number;
  readonly effort: "quick" | "full";
  readonly confidence: number;
  readonly bounds: Bounds;
}

/** What was chosen. */
export interface Choice {
  readonly component: Component;
  readonly errors: SeenErrors;
  readonly method: string;
  readonly candidates: readonly ForecastCandidate[];
  readonly backtest: BacktestSummary;
}

/** A candidate that was tried, or a blend of several. */
interface Trial {
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
/** Most origins that are kept to draw paths from, and most forecasts of theirs. */
const ROWS_MAX = 128;
const ENTRIES_MAX = 6000;

/** Tries every candidate from rolling origins over the last part of the series, and takes the best or a blend. */
export function choose(task: ChoiceTask): Choice {
  const { values, periods, isFounded, horizon, effort, bounds, confidence } = task;
  const n = values.length;
  const longest = periods.length > 0 ? periods[periods.length - 1] : 1;
  const tested = Math.max(horizon + 1, Math.min(Math.floor(0.4 * n), Math.max(200, 4 * horizon, longest)));
  const plan = planRoll(n, tested, horizon, effort === "full" ? 200 : 100);
  const usable = periods.filter((period) => 2 * period <= plan.start);
  const failed: ForecastCandidate[] = [];
  const singles: Trial[] = [];
  let guard = Infinity;
  for (const candidate of listCandidates(values, usable, isFounded, effort)) {
    const component = candidate.fit(values, plan.start);
    if (component === null) {
      failed.push({ method: candidate.method, score: null, rejected: "Could not be fitted to these values" });
      continue;
    }
    const rolled = roll(component, values, plan);
    clampAll(rolled, bounds);
    const score = rolledError(rolled.means, values, plan);
    if (candidate.isGuard) guard = Math.min(guard, score);
    singles.push({
      method: candidate.method,
      members: [candidate],
      weights: [1],
      rolled,
      score,
      isTrusted: false,
    });
  }
  singles.sort((a, b) => a.score - b.score);
  const trials = rankTrials([...singles, ...blends(singles, values, plan)], guard);
  const { trial, component } = refit(trials, values);

  const errors = rolledErrors(trial.rolled.means, values, plan);
  const seen = keepSeen(trial.rolled, values, plan);
  const scale = maseScale(values, usable[0] ?? 1);
  return {
    component,
    errors: seen,
    method: trial.method,
    candidates: [
      ...[trial, ...trials.filter((other) => other !== trial)].map((other) =>
        describeTrial(other, trial, guard, scale)
      ),
      ...failed,
    ],
    backtest: summarizeErrors(errors, values, scale, seen.coverage(confidence, effort === "full" ? 24 : 8)),
  };
}

/** Means of the best few, weighted by their inverse squared errors, and the plain mean of the trusted ones. */
function blends(singles: readonly Trial[], values: Float64Array, plan: RollPlan): Trial[] {
  const result: Trial[] = [];
  const blend = (parts: readonly Trial[], weights: readonly number[], isTrusted: boolean): void => {
    const means = weighted(parts.map((part) => part.rolled.means), weights);
    result.push({
      method: `blend of ${parts.map((part) => part.method).join(" + ")}`,
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
function rankTrials(trials: readonly Trial[], guard: number): Trial[] {
  const isSafe = (trial: Trial): boolean => !(trial.score > guard);
  return [...trials].sort((a, b) =>
    Number(isSafe(b)) - Number(isSafe(a)) || charged(a) - charged(b) || a.score - b.score
  );
}

/**
 * The error of single methods, and of blends picked for this very backtest, is taken a little larger than it came out:
 * the best of many is partly the luckiest.
 */
function charged(trial: Trial): number {
  return trial.score * (trial.isTrusted ? 1 : trial.members.length > 1 ? PICKED : SINGLE);
}

/** Fits the best trial that can be fitted to all values. */
function refit(trials: readonly Trial[], values: Float64Array): { trial: Trial; component: Component } {
  for (const trial of trials) {
    const parts = trial.members.map((member) => member.fit(values, values.length));
    if (parts.some((part) => part === null)) continue;
    const fitted = parts.filter((part) => part !== null);
    return { trial, component: fitted.length === 1 ? fitted[0] : new Blend(fitted, trial.weights) };
  }
  throw new RangeError("Cannot choose a forecaster as one candidate must fit: found none");
}

function clampAll(rolled: Rolled, bounds: Bounds): void {
  for (const means of [rolled.means, rolled.next]) {
    for (let i = 0; i < means.length; i++) means[i] = bounds.clampPlausible(means[i]);
  }
}

function weighted(parts: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const sum = new Float64Array(parts[0].length);
  parts.forEach((part, i) => {
    for (let j = 0; j < sum.length; j++) sum[j] += weights[i] * part[j];
  });
  return sum;
}

/** Keeps what the rolling origins showed, in few enough digits to be stored. */
function keepSeen(rolled: Rolled, values: Float64Array, plan: RollPlan): SeenErrors {
  const { start, horizon, stride, origins } = plan;
  const { atOrigins, usual, atEnd } = volatilityOf(rolled.next, values, plan);
  const kept = Math.max(8, Math.min(ROWS_MAX, Math.floor(ENTRIES_MAX / horizon), origins));
  const rows = Array.from({ length: Math.min(kept, origins) }, (_, i) => Math.floor(i * origins / kept));
  const means = new Float64Array(rows.length * horizon);
  rows.forEach((row, i) => means.set(rolled.means.subarray(row * horizon, (row + 1) * horizon), i * horizon));
  const volatility = Float64Array.from(rows, (row) => shorten(atOrigins[row]));
  return new SeenErrors({
    steps: horizon,
    actual: values.slice(start).map(shorten),
    starts: Float64Array.from(rows, (row) => row * stride),
    means: means.map(shorten),
    volatility,
    usual,
  }, atEnd);
}

/** Rounds to seven digits, far finer than errors are known. */
function shorten(value: number): number {
  return value === value ? Number(value.toPrecision(7)) : NaN;
}

/** The running size of the one-step errors before each origin, and after the last value. */
function volatilityOf(
  next: Float64Array,
  values: Float64Array,
  plan: RollPlan,
): { atOrigins: Float64Array; usual: number; atEnd: number } {
  const errors = next.map((mean, i) => Math.abs(values[plan.start + i] - mean));
  let usual = 0;
  let count = 0;
  for (const error of errors) if (error === error) usual += (error - usual) / ++count;
  const atOrigins = new Float64Array(plan.origins);
  let size = usual;
  for (let i = 0; i < errors.length; i++) {
    const origin = i / plan.stride;
    if (Number.isInteger(origin) && origin < plan.origins) atOrigins[origin] = size;
    if (errors[i] === errors[i]) size = nextVolatility(size, errors[i]);
  }
  return { atOrigins, usual, atEnd: size };
}

/** Mean absolute change over one cycle: the scale of MASE. */
function maseScale(values: Float64Array, period: number): number {
  let sum = 0;
  let count = 0;
  for (let t = period; t < values.length; t++) {
    const change = Math.abs(values[t] - values[t - period]);
    if (change === change) sum += (change - sum) / ++count;
  }
  return sum;
}

function describeTrial(trial: Trial, chosen: Trial, guard: number, scale: number): ForecastCandidate {
  const { method } = trial;
  const score = Number.isFinite(trial.score) ? charged(trial) / (scale > 0 ? scale : 1) : null;
  if (trial === chosen) return { method, score };
  const more = (charged(trial) / charged(chosen) - 1) * 100;
  if (trial.score > guard) {
    return { method, score, rejected: "Worse than the naive guard rail over the rolling origins" };
  }
  const rejected = more > 0
    ? `Score ${more.toFixed(1)} % above the chosen one's over the rolling origins`
    : "As good as the chosen one over the rolling origins, but could not be fitted to all values or came later";
  return { method, score, rejected };
}

function summarizeErrors(
  errors: Float64Array,
  values: Float64Array,
  scale: number,
  coverage: number,
): BacktestSummary {
  let absolute = 0;
  let squares = 0;
  let count = 0;
  for (const error of errors) {
    if (error !== error) continue;
    count++;
    absolute += (Math.abs(error) - absolute) / count;
    squares += (error * error - squares) / count;
  }
  return {
    mae: absolute,
    rmse: Math.sqrt(squares),
    mase: scale > 0 ? absolute / scale : null,
    coverage,
    standardDeviation: deviation(values),
  };
}

function deviation(values: Float64Array): number {
  let mean = 0;
  let squares = 0;
  let count = 0;
  for (const value of values) {
    if (value !== value) continue;
    const step = value - mean;
    mean += step / ++count;
    squares += step * (value - mean);
  }
  return count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
}
