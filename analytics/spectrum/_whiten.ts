import { fillMissing } from "../loess/_between.ts";
import { median } from "../series/_median.ts";

/**
 * Takes trend, short memory and outliers from a series, so that what remains is near white noise but for cycles:
 * the residuals of an autoregression of order 1 without their own straight line, cut at five robust deviations.
 *
 * A random walk turns into white noise, a level shift into one cut-off value. Missing values are bridged by straight
 * lines here, and only here: holes that come regularly would otherwise beat with the cycles.
 *
 * @param values The series; entries where `observed` is 0 are ignored.
 * @returns Residuals of mean 0, or `null` if too few of them differ from 0 to speak of a cycle.
 */
export function whiten(values: Float64Array, observed: Uint8Array | null): Float64Array | null {
  const length = values.length;
  let level = removeLine(values, observed);
  if (observed !== null) {
    level = level.map((value, t) => observed[t] === 1 ? value : NaN);
    fillMissing(level);
  }
  const memory = estimateMemory(level);
  let residuals: Float64Array = new Float64Array(length);
  for (let t = 1; t < length; t++) residuals[t] = level[t] - memory * level[t - 1];
  residuals[0] = residuals[1];
  residuals = removeLine(residuals, null);
  cut(residuals, robustDeviation(residuals) * 5);
  residuals = removeLine(residuals, null);
  return participation(residuals) < EVENTS_MIN ? null : residuals;
}

/**
 * The lag-1 autocorrelation, −0.99 … 1, of what is around an alternation in steps of one, which is a cycle of two.
 */
function estimateMemory(level: Float64Array): number {
  const length = level.length;
  let alternation = 0;
  for (let t = 0; t < length; t++) alternation += (t % 2 === 0 ? level[t] : -level[t]) / length;
  let products = 0;
  let squares = 0;
  for (let t = 1; t < length; t++) {
    alternation = -alternation;
    const [now, before] = [level[t] - alternation, level[t - 1] + alternation];
    products += now * before;
    squares += (now * now + before * before) / 2;
  }
  return squares > 0 ? Math.max(-0.99, products / squares) : 0;
}

/** Two spikes or two steps in silence repeat by being two. */
const EVENTS_MIN = 5;

/** How many residuals share the sum of squares, 1 … length: one spike is one, noise about a third of the length. */
export function participation(residuals: Float64Array): number {
  let squares = 0;
  let fourths = 0;
  for (let t = 0; t < residuals.length; t++) {
    const square = residuals[t] * residuals[t];
    squares += square;
    fourths += square * square;
  }
  return squares > 0 ? squares * squares / fourths : 0;
}

/** The series less its least-squares line, 0 where missing. */
export function removeLine(values: Float64Array, observed: Uint8Array | null): Float64Array {
  const length = values.length;
  let count = 0;
  let meanTime = 0;
  let mean = 0;
  for (let t = 0; t < length; t++) {
    if (observed !== null && observed[t] === 0) continue;
    count++;
    meanTime += t;
    mean += values[t];
  }
  meanTime /= count;
  mean /= count;
  let covariance = 0;
  let variance = 0;
  for (let t = 0; t < length; t++) {
    if (observed !== null && observed[t] === 0) continue;
    covariance += (t - meanTime) * (values[t] - mean);
    variance += (t - meanTime) * (t - meanTime);
  }
  const slope = variance > 0 ? covariance / variance : 0;
  const rest = new Float64Array(length);
  for (let t = 0; t < length; t++) {
    if (observed === null || observed[t] === 1) rest[t] = values[t] - mean - slope * (t - meanTime);
  }
  return rest;
}

/** 1.4826 times the median size, or 1.2533 times the mean size where more than half are 0: σ of normal values. */
export function robustDeviation(residuals: Float64Array): number {
  const sizes = residuals.map(Math.abs);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const middle = median(sizes);
  return middle > 1e-9 * mean ? 1.4826 * middle : 1.2533 * mean;
}

function cut(values: Float64Array, limit: number): void {
  for (let t = 0; t < values.length; t++) {
    if (values[t] > limit) values[t] = limit;
    else if (values[t] < -limit) values[t] = -limit;
  }
}
