import { median } from "../../series/_median.ts";

/** Slower growth leaves room enough in the plausible range. */
const RATIO_MIN = 1.5;
/** Steps that grow more unlike than this are no growth at one rate. */
const UNLIKE_MAX = 1.5;

/**
 * The rate by which a series grows or falls away geometrically, per step; 0 where it does not.
 *
<<<<<<< HEAD
 * The medians of its quarters must go one way in larger and larger steps: a jump, a spike or a bend makes one step
 * large, growth makes each as many times the one before. O(n log n).
=======
 * The medians of its quarters must go one way in larger and larger steps: a jump, a spike or a bend makes one step
 * large, growth makes each as many times the one before. O(n).
>>>>>>> c97dbfb (analytics: look at each error once where a method is chosen)
 */
export function paceOf(values: Float64Array): number {
  const quarter = values.length / 4;
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => median(values.subarray(i * quarter, (i + 1) * quarter)));
  const [early, late] = [(c - b) / (b - a), (d - c) / (c - b)];
  const ratio = Math.min(early, late);
  return ratio > RATIO_MIN && Math.max(early, late) < UNLIKE_MAX * ratio ? Math.log(ratio) / quarter : 0;
}

/** How many times as large something is after so many steps at a pace; it stays far from the end of doubles. */
export function grownBy(pace: number, steps: number): number {
  return Math.exp(Math.min(200, pace * steps));
}
