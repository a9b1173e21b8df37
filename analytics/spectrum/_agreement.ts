import { fisherSurvival } from "../distributions/_fisher_survival.ts";
import { type CycleProfile, phaseAt } from "./_profile.ts";

/** A cycle seen for less than this share of its length does not vote. */
const SEEN_MIN = 0.3;
/** Fewer cycles than nearly three can be alike by accident however they are tested: they must be alike to the eye. */
export const CYCLES_FEW = 2.9;
/** Mean correlation that such few cycles need. */
const ALIKE_MIN = 0.6;
/** Probability by chance of cycles voting as much for each other as they do. */
const CHANCE = 0.003;

/**
 * Whether each cycle is foretold by the mean of the others, and not only some of them by some.
 *
 * A few bursts that happen to lie a period apart make a spectral line, a hill of the autocorrelation and a profile,
 * but the cycles without them deny it. So every cycle has one vote, however large its values are: its correlation
 * with the mean of the others. Student's t-test of the votes tells whether they agree. Sizes that less than half of
 * the cycles reach are cut to what half of them do.
 */
export function cyclesAgree(
  values: Float64Array,
  observed: Uint8Array | null,
  { period, exact }: { readonly period: number; readonly exact: number },
  { trend }: CycleProfile,
): boolean {
  const length = values.length;
  const around = new Float64Array(length);
  for (let t = 0; t < length; t++) {
    around[t] = observed !== null && observed[t] === 0 ? NaN : values[t] - trend[t];
  }
  const starts = cycleStarts(length, exact);
  cutLone(around, starts);
  const votes = castVotes(around, starts, period, exact);
  const count = votes.length;
  if (count < 2) return false;
  const mean = votes.reduce((sum, vote) => sum + vote, 0) / count;
  if (length < CYCLES_FEW * exact) return mean >= ALIKE_MIN;
  const squares = votes.reduce((sum, vote) => sum + (vote - mean) ** 2, 0);
  const statistic = mean * mean * count * (count - 1) / squares;
  return mean > 0 && (squares === 0 || fisherSurvival(statistic, 1, count - 1) / 2 <= CHANCE);
}

/** First value of each cycle, the last one cut off by the end, and the length. */
function cycleStarts(length: number, exact: number): number[] {
  const starts: number[] = [];
  for (let cycle = 0; Math.ceil(cycle * exact) < length; cycle++) starts.push(Math.ceil(cycle * exact));
  return [...starts, length];
}

/** Cuts every size to the largest of the median cycle. */
function cutLone(around: Float64Array, starts: readonly number[]): void {
  const largest = new Float64Array(starts.length - 1);
  for (let cycle = 0; cycle < largest.length; cycle++) {
    for (let t = starts[cycle]; t < starts[cycle + 1]; t++) {
      if (Math.abs(around[t]) > largest[cycle]) largest[cycle] = Math.abs(around[t]);
    }
  }
  const limit = largest.sort()[(largest.length - 1) >> 1];
  for (let t = 0; t < around.length; t++) {
    if (Math.abs(around[t]) > limit) around[t] = Math.sign(around[t]) * limit;
  }
}

/** Correlation of each cycle with the mean of the others. */
function castVotes(
  around: Float64Array,
  starts: readonly number[],
  period: number,
  exact: number,
): number[] {
  const sums = new Float64Array(period);
  const counts = new Int32Array(period);
  for (let t = 0; t < around.length; t++) {
    if (around[t] !== around[t]) continue;
    const phase = phaseAt(t, period, exact);
    sums[phase] += around[t];
    counts[phase]++;
  }
  const votes: number[] = [];
  for (let cycle = 0; cycle + 1 < starts.length; cycle++) {
    let [seen, products, squares, otherSquares] = [0, 0, 0, 0];
    for (let t = starts[cycle]; t < starts[cycle + 1]; t++) {
      const phase = phaseAt(t, period, exact);
      if (around[t] !== around[t] || counts[phase] < 2) continue;
      const others = (sums[phase] - around[t]) / (counts[phase] - 1);
      seen++;
      products += around[t] * others;
      squares += around[t] * around[t];
      otherSquares += others * others;
    }
    if (seen < SEEN_MIN * period) continue;
    const scale = Math.sqrt(squares * otherSquares);
    votes.push(scale > 0 ? products / scale : 0);
  }
  return votes;
}
