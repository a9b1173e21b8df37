/** Initial states to begin a descent from: the first cycles' average season, and a line through the rest. */
import type { Shape } from "./_shape.ts";
import { createState, type State } from "./_filter.ts";

/** Most whole cycles that are averaged for the season, and most points for the line where there is none. */
const cyclesMax = 4;
const pointsMax = 10;

/** Estimates the state before the first value. */
export function startState(shape: Shape, values: ArrayLike<number>): State {
  const state = createState(shape);
  if (shape.seasonal === "none") {
    setLine(shape, state, fitLine(values, pointsMax));
    return state;
  }
  const { period } = shape;
  const cycles = Math.min(Math.floor(values.length / period), cyclesMax);
  const means = new Float64Array(cycles);
  for (let c = 0; c < cycles; c++) {
    let sum = 0, count = 0;
    for (let t = c * period; t < (c + 1) * period; t++) {
      if (values[t] === values[t]) {
        sum += values[t];
        count++;
      }
    }
    means[c] = count > 0 ? sum / count : NaN;
  }
  const line = fitLine(means, cycles);
  const slope = line.slope / period;
  // A cycle's mean stands at its middle, the level one step before its first value.
  const level = line.level + line.slope - slope * (period + 1) / 2;
  setLine(shape, state, { level, slope });
  const factor = shape.seasonal === "multiplicative";
  let total = 0;
  for (let j = 0; j < period; j++) {
    let sum = 0, count = 0;
    for (let c = 0; c < cycles; c++) {
      const value = values[c * period + j];
      if (value !== value) continue;
      const smooth = level + slope * (c * period + j + 1);
      sum += factor ? value / smooth : value - smooth;
      count++;
    }
    const average = count > 0 ? sum / count : (factor ? 1 : 0);
    state[2 + j] = factor ? Math.max(average, 0.01) : average;
    total += state[2 + j];
  }
  const mean = total / period;
  for (let j = 2; j < state.length; j++) state[j] = factor ? state[j] / mean : state[j] - mean;
  state[0] = factor ? state[0] * mean : state[0] + mean;
  return state;
}

function setLine(shape: Shape, state: State, { level, slope }: { level: number; slope: number }): void {
  state[0] = level;
  if (shape.trend === "additive") state[1] = slope;
  if (shape.trend === "multiplicative" && level > 0) {
    state[1] = Math.min(Math.max(1 + slope / level, 0.7), 1.4);
  }
}

/** Least squares through the first `count` observed values; the level is one step before the first. */
function fitLine(values: ArrayLike<number>, count: number): { level: number; slope: number } {
  let n = 0, sumT = 0, sumY = 0, sumTT = 0, sumTY = 0;
  for (let t = 0; t < values.length && n < count; t++) {
    const y = values[t];
    if (y !== y) continue;
    n++;
    sumT += t + 1;
    sumY += y;
    sumTT += (t + 1) * (t + 1);
    sumTY += (t + 1) * y;
  }
  const spread = n * sumTT - sumT * sumT;
  const slope = spread > 0 ? (n * sumTY - sumT * sumY) / spread : 0;
  const level = n > 0 ? (sumY - slope * sumT) / n : 0;
  return { level, slope };
}
