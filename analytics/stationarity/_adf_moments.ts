import { productsWithPast } from "../series/_products_with_past.ts";

/**
 * The sums of products that all Dickey–Fuller regressions of one series are made of.
 *
 * With d[r] = y[r + 1] - y[r], a regression with `lags` lags has rows r = lags … n - 2: the response d[r], the level
 * y[r], the lagged differences d[r - i], and powers of time. Neighbouring lags differ by one row at either end, so
 * from the products of d with its own past every other entry follows in O(1): O(n · maxLag) for all of them.
 */
export class AdfMoments {
  /** Powers of time, level and response, entry r for row r; the lagged differences are the last one shifted. */
  readonly #heads: readonly Float64Array[];
  readonly #powers: number;
  readonly #maxLag: number;
  readonly #timeStep: number;
  /** Σ d[r] d[r - i] over the rows of the longest regression. */
  readonly #ownPast: Float64Array;

  /** @param powers How many powers of time, from 0, the regressions hold. */
  constructor(y: Float64Array, powers: number, maxLag: number) {
    // Time runs from -1 to 1, where its powers differ most from each other.
    this.#timeStep = 2 / y.length;
    const heads = Array.from({ length: powers }, () => new Float64Array(y.length));
    const d = new Float64Array(y.length - 1);
    for (let r = 0; r < y.length; r++) {
      const time = r * this.#timeStep - 1;
      let power = 1;
      for (let p = 0; p < powers; p++, power *= time) heads[p][r] = power;
      if (r < d.length) d[r] = y[r + 1] - y[r];
    }
    this.#heads = [...heads, y, d];
    this.#powers = powers;
    this.#maxLag = maxLag;
    this.#ownPast = productsWithPast(d, maxLag, maxLag);
  }

  /** Rows of a regression with so many lags. */
  rows(lags: number): number {
    return this.#heads[this.#powers].length - 1 - lags;
  }

  /**
   * Products of all columns with each other, lower triangle by rows: powers, then level and lags in the order asked
   * for, response last.
   */
  products(lags: number, level: "level-first" | "level-last"): Float64Array[] {
    const triangle = this.#triangle(lags);
    const order = this.#order(lags, level);
    return order.map((row, i) => {
      const products = new Float64Array(i + 1);
      for (let j = 0; j <= i; j++) products[j] = triangle[Math.max(row, order[j])][Math.min(row, order[j])];
      return products;
    });
  }

  /** The columns themselves, in the same order. */
  columns(lags: number, level: "level-first" | "level-last"): Float64Array[] {
    const response = this.#powers + 1;
    const end = lags + this.rows(lags);
    return this.#order(lags, level).map((position) => {
      const shift = Math.max(0, position - response);
      return this.#heads[Math.min(position, response)].slice(lags - shift, end - shift);
    });
  }

  /** Positions in the triangle, which runs: powers, level, response, lag 1, lag 2, … */
  #order(lags: number, level: "level-first" | "level-last"): number[] {
    const powers = Array.from({ length: this.#powers }, (_, p) => p);
    const past = Array.from({ length: lags }, (_, i) => this.#powers + 2 + i);
    const rest = level === "level-first" ? [this.#powers, ...past] : [...past, this.#powers];
    return [...powers, ...rest, this.#powers + 1];
  }

  #triangle(lags: number): Float64Array[] {
    const powers = this.#powers;
    const response = powers + 1;
    const d = this.#heads[response];
    const triangle = Array.from({ length: response + 1 + lags }, (_, i) => new Float64Array(i + 1));
    for (let i = 0; i <= response; i++) {
      for (let j = 0; j <= Math.min(i, powers); j++) {
        triangle[i][j] = dotFrom(this.#heads[i], this.#heads[j], lags, d.length);
      }
    }
    triangle[response][response] = this.#withPast(0, lags);
    const step = this.#timeStep;
    for (let i = 0; i < lags; i++) {
      const now = triangle[response + i];
      const next = triangle[response + i + 1];
      const leaving = d[d.length - 1 - i];
      const entering = d[lags - 1 - i];
      for (let head = 0; head <= powers; head++) {
        const values = this.#heads[head];
        next[head] = now[head] - values[d.length] * leaving + values[lags] * entering;
      }
      // One row later time is a step later, and the level one difference further.
      if (powers > 1) next[1] += step * now[0];
      if (powers > 2) next[2] += 2 * step * now[1] + step * step * now[0];
      next[powers] += this.#withPast(i, lags);
      next[response] = this.#withPast(i + 1, lags);
      for (let j = 0; j <= i; j++) {
        next[response + 1 + j] = now[response + j] - leaving * d[d.length - 1 - j] +
          entering * d[lags - 1 - j];
      }
    }
    return triangle;
  }

  /** Σ d[r] d[r - lag] over the rows of a regression with so many lags: those of the longest, and what precedes. */
  #withPast(lag: number, lags: number): number {
    const d = this.#heads[this.#powers + 1];
    return this.#ownPast[lag] + (lags < this.#maxLag ? dotFrom(d, d, lags, this.#maxLag, lag) : 0);
  }
}

function dotFrom(a: Float64Array, b: Float64Array, from: number, to: number, shift: number = 0): number {
  let sum = 0;
  for (let r = from; r < to; r++) sum += a[r] * b[r - shift];
  return sum;
}
