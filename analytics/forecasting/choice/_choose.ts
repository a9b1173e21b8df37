import type { BacktestSummary, ForecastCandidate } from "../../forecast_model.ts";
import { Blend } from "../components/_blend.ts";
import type { Bounds } from "../limits/_bounds.ts";
import { type Candidate, listCandidates } from "./_candidates.ts";
import type { Component } from "../components/_component.ts";
import { keepSeen } from "../errors/_keep_seen.ts";
import { walkGrowth } from "../errors/_walk_growth.ts";
import type { SeenErrors } from "../errors/_seen_errors.ts";
import { planRoll, roll, type Rolled } from "../components/_roll.ts";
import { describeSteps } from "./_describe_steps.ts";
import { rolledError, rolledErrors } from "./_score.ts";
import { maseScale, summarizeErrors } from "../errors/_summarize_errors.ts";
import { blends, describeTrial, rankTrials, type Trial } from "./_trial.ts";

/** What is chosen from. */
export interface ChoiceTask {
  readonly values: Float64Array;
  readonly periods: readonly number[];
  /** Whether the periods are more than a guess. */
  readonly isFounded: boolean;
  /** Time of a step, for words. */
  readonly stepMs: number | undefined;
  readonly horizon: number;
  readonly effort: "quick" | "full";
  readonly confidence: number;
  readonly bounds: Bounds;
  /** Takes a value of a simulated path to the nearest one the series can have. */
  readonly settle: (value: number) => number;
}

/** What was chosen. */
export interface Choice {
  readonly component: Component;
  readonly errors: SeenErrors;
  readonly method: string;
  readonly candidates: readonly ForecastCandidate[];
  readonly warnings: readonly string[];
  readonly backtest: Omit<BacktestSummary, "standardDeviation">;
}

/** Costly smoothing is tried where cheap smoothing comes as close as this to the best. */
const KIN = 1.2;

/** On a series with seasons a line is let in where its error is at most this share of that of every other method. */
const CLEARLY_BETTER = 0.8;

/** Tries every candidate from rolling origins over the last part of the series, and takes the best or a blend. */
export function choose(task: ChoiceTask): Choice {
  const { values, periods, isFounded, horizon, effort, bounds, confidence } = task;
  const isFull = effort === "full";
  const n = values.length;
  const longest = periods.length > 0 ? periods[periods.length - 1] : 1;
  const plan = planRoll(
    n,
    reachBack(values, testedLength(n, horizon, longest)),
    horizon,
    isFull ? 200 : 160,
  );
  const usable = periods.filter((period) => 2 * period <= plan.start);
  const warnings = periods.filter((period) => !usable.includes(period)).map((period) =>
    `The season of ${describeSteps(period, task.stepMs)} is not used: ` +
    `the ${describeSteps(plan.start, task.stepMs)} that are not tried on hold fewer than two of its cycles`
  );
  const failed: ForecastCandidate[] = [];
  const reject = (method: string, rejected: string): void => {
    failed.push({ method, score: null, rejected });
  };
  const singles: Trial[] = [];
  const tryOut = (candidate: Candidate): void => {
    const { method } = candidate;
    const component = candidate.fit(values, plan.start);
    if (component === null) {
      return reject(method, "Could not be fitted");
    }
    const rolled = roll(component, values, plan);
    clampAll(rolled, bounds);
    const score = rolledError(rolled.means, values, plan);
    singles.push({ method, members: [candidate], weights: [1], rolled, score, isTrusted: false });
  };
  const candidates = listCandidates(values, usable, isFounded, { effort, horizon });
  for (const candidate of candidates) if (candidate.smoothing !== "costly") tryOut(candidate);
  const doesSmoothingWell = bestScore(singles, "cheap") <= KIN * bestScore(singles);
  for (const candidate of candidates.filter(({ smoothing }) => smoothing === "costly")) {
    if (doesSmoothingWell) tryOut(candidate);
    else reject(candidate.method, "Not tried as its cheaper kin did badly");
  }
  // Beside seasons, a line that is only about as good as what does without was lucky as a rule.
  const most = usable.length === 0
    ? Infinity
    : CLEARLY_BETTER * Math.min(...singles.filter(({ members }) => !members[0].isLine).map(scoreOf));
  const outdone = singles.filter(({ members, score }) => members[0].isLine && !(score <= most));
  for (const trial of outdone) {
    singles.splice(singles.indexOf(trial), 1);
    reject(trial.method, "Errors not clearly below those of other methods");
  }
  singles.sort((a, b) => a.score - b.score);
  // Naive forecasts can always be fitted.
  const [guard] = singles.filter(({ members }) => members[0].isGuard).sort((a, b) => a.score - b.score);
  const trials = rankTrials([...singles, ...blends(singles, values, plan)], guard);
  const { trial, component } = refit(trials, values);

  const errors = rolledErrors(trial.rolled.means, values, plan);
  const seen = keepSeen(trial.rolled, values, plan, {
    settle: task.settle,
    targets: isFull ? 32 : 16,
    growth: usable.length > 0 ? 0 : walkGrowth(values, horizon),
    pace: bounds.pace,
  });
  const scale = maseScale(values, usable[0] ?? 1);
  return {
    component,
    errors: seen,
    method: trial.method,
    warnings,
    candidates: [
      ...[trial, ...trials.filter((other) => other !== trial)].map((other) =>
        describeTrial(other, trial, guard, scale)
      ),
      ...failed,
    ],
    backtest: summarizeErrors(errors, scale, seen.coverage(confidence, isFull ? 24 : 8)),
  };
}

function bestScore(singles: readonly Trial[], smoothing?: Candidate["smoothing"]): number {
  const kin = singles.filter(({ members }) => smoothing === undefined || members[0].smoothing === smoothing);
  return Math.min(...kin.map(scoreOf));
}

function scoreOf({ score }: Trial): number {
  return score === score ? score : Infinity;
}

/** The last `tested` values, or more where a gap would leave less than half of them to be tried on. */
function reachBack(values: Float64Array, tested: number): number {
  const observed = values.reduce((count, value) => value === value ? count + 1 : count, 0);
  const wanted = Math.min(tested, observed) / 2;
  let length = 0;
  for (let found = 0; length < values.length && (length < tested || found < wanted); length++) {
    const value = values[values.length - 1 - length];
    if (value === value) found++;
  }
  return length;
}

/** How many of the last values to forecast, the rest being left to fit to. */
function testedLength(length: number, horizon: number, longest: number): number {
  const wanted = Math.min(Math.floor(0.4 * length), Math.max(200, 4 * horizon, longest));
  // Two cycles of the longest season are worth a shorter test.
  const spared = length - 2 * longest;
  const enough = Math.max(horizon, Math.floor(0.05 * length));
  return Math.max(horizon + 1, spared < wanted && spared >= enough ? spared : wanted);
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
    // The origins lie within what was seen, so that they need no room beyond it.
    for (let i = 0; i < means.length; i++) means[i] = bounds.clampPlausible(means[i], 0);
  }
}
