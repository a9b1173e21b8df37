import { createGenerator, type Generator } from "../../random/_generator.ts";
import { countUpTo } from "../../series/_count_up_to.ts";
import type { Outlook } from "./_errors.ts";
import { studentQuantile } from "./_student_quantile.ts";
import { foretell, type YoungFit, type YoungKind } from "./_young_fit.ts";

/** Steps of which every one is worked out; beyond, each tenth more, with straight lines between. */
const CLOSE_STEPS = 32;
const FARTHER = 1.1;
/** Student's distribution is tabulated at these logits of the probability. */
const LOGIT_MAX = 9;
const LOGIT_STEP = 0.25;
/** Halvings to a quantile. */
const HALVINGS = 40;

/** The middle of what is expected of a series of which only a few values were seen, in place of `mean`. */
export function centreYoung(fit: YoungFit, mean: Float64Array): void {
  fillSteps(fit, [mean], (value) => [value(0.5)]);
}

/** What is expected of it around a mean. */
export function createYoungOutlook(fit: YoungFit, mean: Float64Array): Outlook {
  return {
    reach(confidence, horizon) {
      const below = new Float64Array(horizon);
      const above = new Float64Array(horizon);
      const tail = (1 - confidence) / 2;
      fillSteps(fit, [below, above], (value, k, [low, high]) => [
        // Widths never fall from one step to the next.
        Math.max(low, mean[k - 1] - value(tail)),
        Math.max(high, value(1 - tail) - mean[k - 1]),
      ]);
      return { below, above };
    },
    draw(seed, number, path) {
      const random = createGenerator(seed, number);
      const kind = pick(fit.kinds, random.uniform());
      // One uncertain deviation and one line per path make every step Student's.
      let squares = 0;
      for (let i = 0; i < fit.freedom; i++) squares += random.normal() ** 2;
      const deviation = kind.deviation * Math.sqrt(fit.freedom / Math.max(squares, 1e-12));
      const [start, slope] = drawLine(kind, deviation, random);
      let value = fit.last;
      for (let step = 1; step <= fit.since + path.length; step++) {
        const line = fit.first + start + slope * (fit.age + step);
        value = line + kind.memory * (value - line + slope) + deviation * random.normal();
        if (step > fit.since) path[step - fit.since - 1] = value;
      }
    },
  };
}

/**
 * Fills each array with what is found at every step, from the quantiles there and what was found before; between the
 * steps that are worked out, with straight lines.
 */
function fillSteps(
  fit: YoungFit,
  into: readonly Float64Array[],
  find: (value: (probability: number) => number, step: number, found: readonly number[]) => number[],
): void {
  const table = tabulate(fit.freedom);
  let before = 0;
  let found = into.map(() => 0);
  for (const k of knots(into[0].length)) {
    const parts = fit.kinds.map((kind) => ({ ...foretell(fit, kind, k + fit.since), weight: kind.weight }));
    const next = find((probability) => quantile(parts, table, probability), k, found);
    for (let step = before + 1; step <= k; step++) {
      const share = (step - before) / (k - before);
      into.forEach((values, i) => values[step - 1] = found[i] + share * (next[i] - found[i]));
    }
    [before, found] = [k, next];
  }
}

/** Steps that are worked out, the last one among them. */
function knots(horizon: number): number[] {
  const steps: number[] = [];
  for (let k = 1; k < horizon; k = k < CLOSE_STEPS ? k + 1 : Math.ceil(k * FARTHER)) steps.push(k);
  return [...steps, horizon];
}

function pick(kinds: readonly YoungKind[], uniform: number): YoungKind {
  let sum = 0;
  for (const kind of kinds) {
    sum += kind.weight;
    if (uniform < sum) return kind;
  }
  return kinds[kinds.length - 1];
}

/** Start and slope of a line, from their posterior. */
function drawLine(kind: YoungKind, deviation: number, random: Generator): readonly [number, number] {
  const [start, both, slope] = kind.covariance;
  const [one, other] = [random.normal(), random.normal()];
  const root = Math.sqrt(start);
  const rest = Math.sqrt(Math.max(0, slope - both * both / start));
  return [kind.start + deviation * root * one, kind.slope + deviation * (both / root * one + rest * other)];
}

/** Quantiles of Student's distribution, ascending, at evenly spaced logits. */
function tabulate(freedom: number): Float64Array {
  const half = LOGIT_MAX / LOGIT_STEP;
  const table = new Float64Array(2 * half + 1);
  for (let i = 1; i <= half; i++) {
    const quantile = studentQuantile(1 / (1 + Math.exp(-i * LOGIT_STEP)), freedom);
    table[half + i] = Math.max(table[half + i - 1], quantile);
    table[half - i] = -table[half + i];
  }
  return table;
}

/** The value that a mixture of Student's distributions is below with a probability. */
function quantile(
  parts: readonly { readonly mean: number; readonly deviation: number; readonly weight: number }[],
  table: Float64Array,
  probability: number,
): number {
  const most = table[table.length - 1];
  let low = Math.min(...parts.map(({ mean, deviation }) => mean - most * deviation));
  let high = Math.max(...parts.map(({ mean, deviation }) => mean + most * deviation));
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    let sum = 0;
    for (const { mean, deviation, weight } of parts) {
      sum += weight * probabilityBelow((middle - mean) / deviation, table);
    }
    if (sum < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function probabilityBelow(score: number, table: Float64Array): number {
  if (score !== score) return 0.5;
  const high = countUpTo(table, score, true);
  if (high === 0) return 0;
  if (high === table.length) return 1;
  const low = high - 1;
  const logit = (low + (score - table[low]) / (table[high] - table[low])) * LOGIT_STEP - LOGIT_MAX;
  return 1 / (1 + Math.exp(-logit));
}
