import { requireKnownOptions, requireObservations, requireOneOf } from "./_require.ts";
import type { EtsModel } from "./fit_ets.ts";
import { isPositive } from "./series/_is_positive.ts";
import { finiteOrNull } from "./smoothing/_build.ts";
import { describeEts, etsRegion, scoreEts } from "./smoothing/_ets.ts";
import { briskEffort } from "./smoothing/_descend.ts";
import { fitNested, type Fits } from "./smoothing/_nested.ts";
import { requirePeriod } from "./smoothing/_options.ts";
import { type Fit, polishFit } from "./smoothing/_fit.ts";
import { countStates, countWeights, needsPositive, type Shape, shapeName } from "./smoothing/_shape.ts";

/** How to choose an ETS model. */
export interface AutoEtsOptions {
  /**
   * Steps of one season, 1 … 10,080; 1 is no season.
   *
   * @default 1
   */
  readonly period?: number;
  /**
   * What is compared, least is best.
   *
   * @default "aicc"
   */
  readonly criterion?: "aic" | "aicc" | "bic";
}

/** One model that was considered. */
export interface EtsCandidate {
  /** The model in words, such as `ETS(A,Ad,A)`. */
  readonly method: string;
  /** The criterion, or `null` where the model was not fitted or has too many parameters for a corrected one. */
  readonly score: number | null;
  /** Its log-likelihood, or `null` where the model was not fitted. */
  readonly logLikelihood: number | null;
  /** Why it was not chosen; absent on the chosen one. */
  readonly rejected?: string;
}

/** The chosen model with the evidence. */
export interface AutoEtsModel extends EtsModel {
  /** Every model of the taxonomy that was considered, best first. */
  readonly candidates: readonly EtsCandidate[];
}

const action = "choose an ETS model";

/** How many of the best models are fitted with all care. */
const finalistsMax = 3;

/**
 * Chooses among the ETS models by an information criterion and returns the best one, fitted.
 *
 * Use it when it is not known which components a series has. Considered are the fifteen models R's `ets` considers:
 * additive errors with additive trend (damped or not) and season, multiplicative errors with either season; additive
 * errors with a multiplicative season are unstable, multiplicative trends run away. Models with relative errors need
 * positive values; models with a season need two whole periods; every model needs more observations than it has
 * weights and states. Those left out are in the table with the reason.
 *
 * Missing values, weights, likelihood and criteria are those of `fitEts`. Agrees with R `ets(criterion)` where R
 * finds the optimum. O(n + period log period) per pass.
 *
 * @param values The series in equal steps; `NaN` is missing.
 * @param options The season, and the criterion to choose by.
 * @returns The best model, and the table of candidates.
 * @throws {RangeError} Fewer than three observations, an infinite value, one beyond 1e150, or an option out of
 * bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example Let the series decide
 * ```ts
 * import { autoEts } from "@pronoia/analytics";
 * import { equal, ok } from "node:assert/strict";
 *
 * const demand = Float64Array.from({ length: 96 }, (_, t) => 20 + 9 * Math.sin(t * Math.PI / 6) + ((t * 7) % 5) / 5);
 * const model = autoEts(demand, { period: 12 });
 * ok(model.method.endsWith("A)") || model.method.endsWith("M)"));
 * equal(model.candidates.filter(({ rejected }) => rejected === undefined).length, 1);
 * ```
 */
export function autoEts(values: ArrayLike<number>, options: AutoEtsOptions = {}): AutoEtsModel {
  requireKnownOptions(options, ["period", "criterion"], action);
  const { period = 1, criterion = "aicc" } = options;
  requirePeriod(period, 1, action);
  requireOneOf(criterion, "criterion", ["aic", "aicc", "bic"], action);
  const observations = requireObservations(values, 3, action);
  const positive = isPositive(values);

  const fits: Fits = new Map();
  const judge = (fit: Fit) => {
    const figures = scoreEts(fit);
    return { fit, score: figures[criterion], logLikelihood: figures.logLikelihood };
  };
  const fitted: ReturnType<typeof judge>[] = [];
  const unfitted: EtsCandidate[] = [];
  const reject = (shape: Shape, rejected: string) =>
    unfitted.push({ method: shapeName(shape), score: null, logLikelihood: null, rejected });
  for (const shape of shapes(period)) {
    const reason = whyNot(shape, values.length, observations, positive);
    if (reason !== undefined) {
      reject(shape, reason);
      continue;
    }
    const fit = fitNested(values, shape, { action, effort: briskEffort, regionOf: etsRegion, fits });
    if (!(fit.objective < Infinity)) {
      reject(shape, "it foretells values that are not positive");
      continue;
    }
    fitted.push(judge(fit));
  }
  const byScore = (first: { score: number }, second: { score: number }) => first.score - second.score;
  fitted.sort(byScore);
  if (period > 1) {
    // A season makes optima many: those that may win are fitted as `fitEts` fits them.
    const sure: Fits = new Map();
    for (const [i, { fit: { shape } }] of fitted.slice(0, finalistsMax).entries()) {
      const again = judge(fitNested(values, shape, { action, regionOf: etsRegion, fits: sure }));
      if (again.score < fitted[i].score) fitted[i] = again;
    }
    fitted.sort(byScore);
  }
  const [winner, ...others] = fitted;
  const best = judge(polishFit(winner.fit, etsRegion(winner.fit.shape)));
  const candidates: EtsCandidate[] = [
    { method: shapeName(best.fit.shape), score: finiteOrNull(best.score), logLikelihood: best.logLikelihood },
    ...others.map(({ fit, score, logLikelihood }) => ({
      method: shapeName(fit.shape),
      score: finiteOrNull(score),
      logLikelihood,
      rejected: Number.isFinite(score)
        ? `its ${criterion} is ${(score - best.score).toPrecision(3)} higher`
        : `it has too many parameters for ${observations} observations`,
    })),
    ...unfitted,
  ];
  const table = candidates.map(({ logLikelihood: _, ...candidate }) => candidate);
  return Object.assign(describeEts(best.fit, table), { candidates });
}

/** The models considered, each after those it contains. */
function shapes(period: number): Shape[] {
  const all: Shape[] = [];
  const trends = [["none", false], ["additive", false], ["additive", true]] as const;
  for (const error of ["additive", "multiplicative"] as const) {
    for (const seasonal of ["none", "additive", "multiplicative"] as const) {
      if (error === "additive" && seasonal === "multiplicative") continue;
      if (seasonal !== "none" && period === 1) continue;
      for (const [trend, damped] of trends) {
        all.push({ error, trend, damped, seasonal, period: seasonal === "none" ? 1 : period });
      }
    }
  }
  return all;
}

function whyNot(shape: Shape, length: number, observations: number, positive: boolean): string | undefined {
  if (needsPositive(shape) && !positive) return "it needs positive values";
  if (shape.seasonal !== "none" && length < 2 * shape.period) return "it needs two whole periods";
  const parameters = countStates(shape) + countWeights(shape);
  if (observations <= parameters) return `it needs more than ${parameters} observations`;
}
