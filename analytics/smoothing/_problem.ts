/**
 * A fit as a problem of nonlinear least squares in *search coordinates*: α, β* = β/α, γ* = γ/(1−α), φ, level, trend,
 * season. In them the usual region (β ≤ α, γ ≤ 1−α) is a box.
 *
 * With additive errors the residuals are the errors. With multiplicative ones they are the relative errors times the
 * geometric mean of the predictions, whose sum of squares is smallest exactly where the likelihood is greatest.
 */
import { isLinear, needsPositive, type Shape, type Weights } from "./_shape.ts";
import { createTrajectory, runFilter, type Trajectory } from "./_filter.ts";
import { firstSeason, firstState } from "./_direction.ts";
import { runAdjoint } from "./_adjoint.ts";
import { runTangent } from "./_tangent.ts";
import { sumProducts } from "./_products.ts";
import type { Region } from "./_region.ts";

/** The problem and its workspace; one per series and shape, reused by every pass. */
export class Problem {
  readonly shape: Shape;
  readonly values: Float64Array;
  readonly observations: number;
  readonly region: Region;
  /** Length of a point in search coordinates. */
  readonly size: number;
  readonly path: Trajectory;
  readonly residuals: Float64Array;
  readonly #state: Float64Array;
  readonly #direction: Float64Array;
  readonly #ring: Float64Array;
  readonly #pull: Float64Array;
  /** 1 / ŷ, for relative errors. */
  readonly #overForetold: Float64Array;
  readonly #relative: boolean;
  readonly #positive: boolean;
  /** Whether the weights of trend and season are searched for, not given. */
  readonly #trendMoves: boolean;
  readonly #seasonMoves: boolean;
  #weights: Weights = { level: 0, trend: 0, seasonal: 0, damping: 1 };
  #share = 0;
  #seasonShare = 0;
  #geometricMean = 1;

  constructor(shape: Shape, values: Float64Array, observations: number, region: Region) {
    const season = shape.seasonal === "none" ? 0 : shape.period;
    this.shape = shape;
    this.values = values;
    this.observations = observations;
    this.region = region;
    this.size = firstSeason + season;
    this.path = createTrajectory(shape, values.length);
    // Additive errors are the residuals themselves.
    this.#relative = shape.error === "multiplicative";
    this.residuals = this.#relative ? new Float64Array(values.length) : this.path.error;
    this.#state = new Float64Array(2 + season);
    this.#direction = new Float64Array(this.size);
    this.#ring = new Float64Array(Math.max(season, 1));
    this.#pull = new Float64Array(this.#relative ? values.length : 0);
    this.#trendMoves = shape.trend !== "none" && region.trendHeld === undefined;
    this.#seasonMoves = shape.seasonal !== "none" && region.seasonalHeld === undefined;
    this.#overForetold = new Float64Array(this.#relative ? values.length : 0);
    this.#positive = needsPositive(shape);
  }

  /** The weights of the innovations form at a point. */
  weightsAt(point: Float64Array): Weights {
    const { shape, region } = this;
    const level = point[0];
    return {
      level,
      trend: shape.trend === "none" ? 0 : region.trendHeld ?? level * point[1],
      seasonal: shape.seasonal === "none" ? 0 : region.seasonalHeld ?? (1 - level) * point[2],
      damping: shape.damped ? point[3] : 1,
    };
  }

  /** Sets the point that residuals and derivatives are taken at, and returns the sum of squared residuals. */
  evaluate(point: Float64Array): number {
    const { shape, values, path } = this;
    this.#weights = this.weightsAt(point);
    this.#share = this.#trendMoves ? point[1] : 0;
    this.#seasonShare = this.#seasonMoves ? point[2] : 0;
    for (let i = firstState; i < this.size; i++) this.#state[i - firstState] = point[i];
    const squares = runFilter(shape, this.#weights, this.#state, values, 0, path);
    if (this.#positive && !this.#statesArePositive()) return Infinity;
    const total = this.#relative ? this.#evaluateRelative() : squares;
    return total === total ? total : Infinity;
  }

  #evaluateRelative(): number {
    const { values, path: { error }, residuals } = this;
    const overForetold = this.#overForetold;
    let squares = 0, logs = 0, product = 1;
    for (let t = 0; t < values.length; t++) {
      const value = values[t];
      if (value !== value) {
        residuals[t] = 0;
        continue;
      }
      const foretold = value - error[t];
      if (!(foretold > 0)) return Infinity;
      const inverse = 1 / foretold;
      const relative = error[t] * inverse;
      overForetold[t] = inverse;
      residuals[t] = relative;
      squares += relative * relative;
      // One logarithm per few products: the sum is the same and costs less.
      product *= foretold;
      if (product > 1e100 || product < 1e-100) {
        logs += Math.log(product);
        product = 1;
      }
    }
    const factor = Math.exp((logs + Math.log(product)) / this.observations);
    this.#geometricMean = factor;
    for (let t = 0; t < residuals.length; t++) residuals[t] *= factor;
    return squares * factor * factor;
  }

  #statesArePositive(): boolean {
    const { shape, path: { level, trend, season } } = this;
    const byTrend = shape.trend === "multiplicative";
    const bySeason = shape.seasonal === "multiplicative";
    for (let t = 0; t < level.length; t++) {
      if (bySeason && !(season[t] > 1e-6)) return false;
      if (byTrend && !(trend[t] > 1e-6)) return false;
      if (!isLinear(shape) && !(level[t] > 1e-9)) return false;
    }
    return true;
  }

  /**
   * How much residuals move with the season, as a root mean square: 1 for amounts, the size of the rest for factors.
   */
  seasonGain(): number {
    if (this.shape.seasonal !== "multiplicative") return 1;
    const { expected } = this.path;
    let squares = 0;
    for (let t = 0; t < expected.length; t++) squares += expected[t] * expected[t];
    return Math.sqrt(squares / expected.length);
  }

  /** Writes J·direction: the change of the residuals along a direction in search coordinates. */
  push(direction: Float64Array, out: Float64Array): void {
    const natural = this.#direction;
    const { level } = this.#weights;
    natural.set(direction);
    natural[1] = this.#trendMoves ? this.#share * direction[0] + level * direction[1] : 0;
    natural[2] = this.#seasonMoves ? (1 - level) * direction[2] - this.#seasonShare * direction[0] : 0;
    if (this.shape.trend === "none") natural[5] = 0;
    if (!this.shape.damped) natural[3] = 0;
    runTangent(this.shape, this.#weights, this.values, this.path, natural, this.#ring, out);
    const { residuals } = this;
    const overForetold = this.#overForetold;
    if (!this.#relative) return;
    const factor = this.#geometricMean;
    let mean = 0;
    for (let t = 0; t < out.length; t++) {
      const change = -out[t] * overForetold[t];
      mean += change;
      out[t] = -(factor + residuals[t]) * change;
    }
    mean /= this.observations;
    for (let t = 0; t < out.length; t++) out[t] += mean * residuals[t];
  }

  /**
   * Writes J'J in one pass, for linear models without a season and with additive errors.
   *
   * @returns Whether the model is one.
   */
  linearProducts(out: Float64Array): boolean {
    const { shape, values, path } = this;
    if (this.#relative || shape.seasonal !== "none" || !isLinear(shape)) return false;
    sumProducts(this.#weights, values, path, this.#share, shape, this.region, out);
    return true;
  }

  /** Writes J'·weights: the gradient in search coordinates. */
  pull(weights: Float64Array, out: Float64Array): void {
    const { residuals } = this;
    const overForetold = this.#overForetold;
    let pull = weights;
    if (this.#relative) {
      pull = this.#pull;
      const factor = this.#geometricMean;
      let mean = 0;
      for (let t = 0; t < pull.length; t++) mean += weights[t] * residuals[t];
      mean /= this.observations;
      for (let t = 0; t < pull.length; t++) {
        pull[t] = ((factor + residuals[t]) * weights[t] - mean) * overForetold[t];
      }
    }
    runAdjoint(this.shape, this.#weights, this.values, this.path, pull, this.#ring, out);
    const { level } = this.#weights;
    const byTrend = this.#trendMoves ? out[1] : 0;
    const bySeason = this.#seasonMoves ? out[2] : 0;
    out[0] += this.#share * byTrend - this.#seasonShare * bySeason;
    out[1] = level * byTrend;
    out[2] = (1 - level) * bySeason;
    if (!this.shape.damped) out[3] = 0;
    if (this.shape.trend === "none") out[5] = 0;
  }
}
