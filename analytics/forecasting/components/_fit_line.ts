import { median } from "../../series/_median.ts";
import { Line } from "./_line.ts";

/** Values of which the usual change is taken, at most. */
const CHANGES_MAX = 500;

/**
 * Fits the recent line to `values[0 … end)`: first without carrying errors on, to see how much of one error is left
 * in the next, then with that share. `null` where the values hardly ever change. O(n).
 */
export function fitLine(values: Float64Array, end: number, memory: number): Line | null {
  const change = usualChange(values, end);
  let first = 0;
  while (first < end && values[first] !== values[first]) first++;
  if (first === end || !(change > 0)) return null;
  const start = { level: values[first], change };
  const carry = carriedShare(new Line({ memory, carry: 0 }, start), values, end);
  const line = new Line({ memory, carry }, start);
  for (let t = first; t < end; t++) line.update(values[t]);
  return line;
}

/** Median size of the changes from one value to the next, of the newest of them. */
function usualChange(values: Float64Array, end: number): number {
  const changes: number[] = [];
  for (let t = end - 1; t > 0 && changes.length < CHANGES_MAX; t--) {
    const change = Math.abs(values[t] - values[t - 1]);
    if (change === change) changes.push(change);
  }
  return median(changes);
}

/** First autocorrelation of the line's errors, at least 0. */
function carriedShare(line: Line, values: Float64Array, end: number): number {
  let before = 0;
  let products = 0;
  let squares = 0;
  for (let t = 0; t < end; t++) {
    line.update(values[t]);
    const { error } = line;
    products += error * before;
    squares += error * error;
    before = error;
  }
  return squares > 0 ? Math.min(1, Math.max(0, products / squares)) : 0;
}
