/**
 * The linear least-squares problem inside every round: a direct solution of its few weights and, with a season,
 * conjugate gradients preconditioned by that and by a season without end.
 */
import { dot } from "../series/_dot.ts";
import { factorize, substitute } from "../series/_solve_small.ts";
import type { Problem } from "./_problem.ts";
import { seasonHasMean, type Weights } from "./_shape.ts";
import { SeasonPreconditioner } from "./_precondition.ts";
import { firstSeason, firstState } from "./_direction.ts";

/**
 * Share of the residual's square that ends conjugate gradients: a step good to some 7 % makes no more rounds
 * necessary than an exact one, and costs half.
 */
const residualShare = 5e-3;

/** Solves (J'J) step = −gradient for the components that are not pinned. */
export class NormalSolver {
  readonly #problem: Problem;
  readonly #season: SeasonPreconditioner | undefined;
  readonly #columns: Float64Array[];
  readonly #unit: Float64Array;
  readonly #image: Float64Array;
  readonly #products = new Float64Array(firstSeason * firstSeason);
  readonly #factor = new Float64Array(firstSeason * firstSeason);
  readonly #small = new Float64Array(firstSeason);
  readonly #index: number[] = [];
  readonly #residual: Float64Array;
  readonly #preconditioned: Float64Array;
  readonly #search: Float64Array;
  readonly #curved: Float64Array;
  readonly #plain = new Float64Array(firstState);
  #damping = 0;
  #prepared: Weights | undefined;

  constructor(problem: Problem) {
    const { size, values } = problem;
    this.#problem = problem;
    this.#season = size > firstSeason
      ? new SeasonPreconditioner(size - firstSeason, seasonHasMean(problem.shape))
      : undefined;
    this.#columns = [];
    this.#unit = new Float64Array(size);
    this.#image = new Float64Array(values.length);
    this.#residual = new Float64Array(size);
    this.#preconditioned = new Float64Array(size);
    this.#search = new Float64Array(size);
    this.#curved = new Float64Array(size);
  }

  /** Forms the part of J'J that is small, exactly; that of level and trend alone where the weights are to stay. */
  prepare(weights: Weights, damping: number, moves: "all" | "states" = "all"): void {
    const problem = this.#problem;
    const { region: { free }, shape } = problem;
    const products = this.#products;
    this.#damping = damping;
    const cycles = problem.observations / Math.max(problem.size - firstSeason, 1);
    this.#season?.prepare(weights, cycles, problem.seasonGain());
    if (this.#season === undefined && problem.linearProducts(products)) {
      for (let i = 0; i < firstState; i++) products[i * firstSeason + i] *= 1 + damping;
      return;
    }
    // With a season the small part is only a preconditioner, and one from nearby weights is as good.
    const drift = this.#prepared === undefined ? 1 : distance(weights, this.#prepared);
    if (this.#season !== undefined && drift < 0.05 && moves === "all") {
      for (let i = 0; i < firstState; i++) products[i * firstSeason + i] = this.#plain[i] * (1 + damping);
      return;
    }
    this.#prepared = moves === "all" ? weights : undefined;
    products.fill(0);
    for (let i = moves === "all" ? 0 : firstState; i < firstSeason; i++) {
      if (i < firstState ? !free[i] : i === 5 && shape.trend === "none") continue;
      this.#unit.fill(0);
      this.#unit[i] = 1;
      this.#columns[i] ??= new Float64Array(problem.values.length);
      problem.push(this.#unit, this.#columns[i]);
      for (let j = moves === "all" ? 0 : firstState; j <= i; j++) {
        const isMoving = j >= firstState || free[j];
        const sum = isMoving ? dot(this.#columns[i], this.#columns[j], problem.values.length) : 0;
        products[i * firstSeason + j] = products[j * firstSeason + i] = sum;
      }
    }
    // Levenberg's damping, for the weights only: in the states the model is linear or nearly so.
    for (let i = 0; i < firstState; i++) {
      this.#plain[i] = products[i * firstSeason + i];
      products[i * firstSeason + i] *= 1 + damping;
    }
  }

  /** Components of `step` that are pinned keep their value and count as known. */
  solve(gradient: Float64Array, pinned: readonly boolean[], step: Float64Array, roundsMax: number): void {
    this.#factorize(pinned);
    const residual = this.#residual, size = this.#problem.size;
    let moved = false;
    for (let i = 0; i < size; i++) residual[i] = -gradient[i];
    for (let i = 0; i < firstState; i++) if (pinned[i] && step[i] !== 0) moved = true;
    if (this.#season === undefined) {
      for (let i = 0; i < firstSeason; i++) {
        for (let j = 0; j < firstState; j++) {
          if (pinned[j]) residual[i] -= this.#products[i * firstSeason + j] * step[j];
        }
      }
      this.#applySmall(residual, step, pinned);
      return;
    }
    const search = this.#search, curved = this.#curved, preconditioned = this.#preconditioned;
    if (moved) {
      search.fill(0);
      for (let i = 0; i < firstState; i++) if (pinned[i]) search[i] = step[i];
      this.#multiply(search, curved);
      for (let i = 0; i < size; i++) residual[i] -= curved[i];
    }
    for (let i = 0; i < size; i++) if (i >= firstState || !pinned[i]) step[i] = 0;
    search.fill(0);
    let norm = 0, target = 0;
    for (let round = 0;; round++) {
      for (let i = 0; i < firstState; i++) if (pinned[i]) residual[i] = 0;
      this.#applySmall(residual, preconditioned, pinned);
      for (let i = 0; i < firstState; i++) if (pinned[i]) preconditioned[i] = 0;
      this.#season.apply(residual, preconditioned);
      const next = dot(residual, preconditioned, size);
      const ratio = round === 0 ? 0 : next / norm;
      if (round === 0) target = next * residualShare;
      norm = next;
      for (let i = 0; i < size; i++) search[i] = preconditioned[i] + ratio * search[i];
      if (round >= roundsMax || !(norm > target)) return;
      this.#multiply(search, curved);
      const curvature = dot(search, curved, size);
      if (!(curvature > 0)) return;
      const length = norm / curvature;
      for (let i = 0; i < size; i++) {
        step[i] += length * search[i];
        residual[i] -= length * curved[i];
      }
    }
  }

  #multiply(direction: Float64Array, out: Float64Array): void {
    this.#problem.push(direction, this.#image);
    this.#problem.pull(this.#image, out);
    // The damping as it stands in the small part.
    for (let i = 0; i < firstState; i++) {
      out[i] += this.#products[i * firstSeason + i] * this.#damping / (1 + this.#damping) * direction[i];
    }
  }

  #factorize(pinned: readonly boolean[]): void {
    const index = this.#index;
    index.length = 0;
    for (let i = 0; i < firstSeason; i++) {
      if ((i >= firstState || !pinned[i]) && this.#products[i * firstSeason + i] > 0) index.push(i);
    }
    for (let a = 0; a < index.length; a++) {
      for (let b = 0; b < index.length; b++) {
        this.#factor[a * index.length + b] = this.#products[index[a] * firstSeason + index[b]];
      }
    }
    factorize(this.#factor, index.length);
  }

  #applySmall(right: Float64Array, out: Float64Array, pinned: readonly boolean[]): void {
    const index = this.#index;
    for (let a = 0; a < index.length; a++) this.#small[a] = right[index[a]];
    substitute(this.#factor, index.length, this.#small);
    for (let i = 0; i < firstSeason; i++) if (i >= firstState || !pinned[i]) out[i] = 0;
    for (let a = 0; a < index.length; a++) out[index[a]] = this.#small[a];
  }
}

function distance(first: Weights, second: Weights): number {
  return Math.abs(first.level - second.level) + Math.abs(first.trend - second.trend) +
    Math.abs(first.seasonal - second.seasonal) + Math.abs(first.damping - second.damping);
}
