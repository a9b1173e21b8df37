import { canonicalLabels, type Labels } from "../../domain/labels.ts";
import type { RangeQuery, RangeReading } from "../../ports/metrics_source.ts";
import { placeOnGrid } from "../place_on_grid.ts";
import type { Answer } from "./client/read_answer.ts";
import { readMatrix } from "./read_matrix.ts";

/** The samples of a range, put together from the answers for its pieces. */
export class SampleGrid {
  readonly #query: RangeQuery;
  readonly #series = new Map<string, { readonly labels: Labels; readonly values: Float64Array }>();
  readonly #warnings = new Set<string>();
  #incomplete = false;
  #infinite = 0;
  #histograms = 0;

  constructor(query: RangeQuery) {
    this.#query = query;
  }

  /** Takes the answer for a piece of the range; returns how many samples came. */
  add(answer: Answer, piece: RangeQuery): number {
    const { fromMs, stepMs } = this.#query;
    const { series, histograms, samples } = readMatrix(answer.data);
    for (const each of series) {
      const values = this.#valuesOf(each.labels);
      const part = values.subarray((piece.fromMs - fromMs) / stepMs, (piece.toMs - fromMs) / stepMs);
      this.#infinite += placeOnGrid(each, piece, part);
    }
    this.#histograms = Math.max(this.#histograms, histograms.length);
    for (const warning of answer.warnings) this.#warnings.add(warning);
    this.#incomplete ||= answer.incomplete;
    return samples;
  }

  /** What was read in all; a series without any sample is not there. */
  toReading(): RangeReading {
    const { fromMs: startMs, stepMs } = this.#query;
    const warnings = [...this.#warnings];
    if (this.#infinite > 0) warnings.push(`${this.#infinite} infinite samples are read as missing`);
    if (this.#histograms > 0) warnings.push(`${this.#histograms} series of native histograms are left out`);
    const series = [...this.#series.values()].filter(({ values }) => !values.every(Number.isNaN));
    return {
      series: series.map(({ labels, values }) => ({ labels, startMs, stepMs, values })),
      warnings,
      incomplete: this.#incomplete,
    };
  }

  #valuesOf(labels: Labels): Float64Array {
    const { fromMs, toMs, stepMs } = this.#query;
    const key = canonicalLabels(labels);
    let entry = this.#series.get(key);
    if (entry === undefined) {
      entry = { labels, values: new Float64Array((toMs - fromMs) / stepMs).fill(NaN) };
      this.#series.set(key, entry);
    }
    return entry.values;
  }
}
