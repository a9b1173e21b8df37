import { requireFinite, requireKnownOptions, requirePositive } from "./_require.ts";
import { median } from "./series/_median.ts";
import { requireTimedSamples, type TimedSamples } from "./series/_timed_samples.ts";
export type { TimedSamples };

/** The grid to bring samples onto. */
export interface RegularizeOptions {
  /**
   * Distance of the grid's steps, in milliseconds.
   *
   * @default the median distance of the samples
   */
  readonly stepMs?: number;
  /**
   * First step of the grid, in epoch milliseconds.
   *
   * @default the time of the first sample
   */
  readonly fromMs?: number;
  /**
   * End of the grid, exclusive, in epoch milliseconds.
   *
   * @default one step after the step of the last sample
   */
  readonly toMs?: number;
}

/** A series in equal steps. */
export interface RegularSeries {
  /** Time of the first value, in epoch milliseconds. */
  readonly startMs: number;
  /** Distance of two values, in milliseconds. */
  readonly stepMs: number;
  /** The values; `NaN` where no sample was taken. */
  readonly values: Float64Array;
}

/**
 * Brings samples onto a grid of equal steps, without inventing any.
 *
 * Each sample goes to the nearest step, as scrapes jitter around their schedule; where a step has several, the one
 * nearest to it wins, and of equally near ones the later. A target that is scraped steadily between two steps (at a
 * phase beyond a quarter of a step, which would put jitter on the watershed) is shifted as a whole instead, by less
 * than half a step. Samples may come in any order; of two at the same time, the last one given wins.
 *
 * Gaps stay gaps: a step without a sample, or with none but missing ones, is `NaN`. Nothing is interpolated or
 * carried forward, unlike in an instant query of Prometheus, which looks back for up to 5 minutes. Samples outside
 * the grid are left out. O(n), and O(n log n) where the step must be found.
 *
 * @param samples The samples, in any order.
 * @param options Step and ends of the grid.
 * @returns The series on the grid, which covers `[fromMs, toMs)`.
 * @throws {RangeError} No sample to take a default from, times that are not finite, an infinite value, different
 * lengths, a step that is not positive, an end before the start, or a grid of more than 10,000,000 steps.
 * @throws {TypeError} Samples or options of the wrong shape.
 *
 * @example Jitter, a duplicate and a missed scrape
 * ```ts
 * import { regularize } from "@pronoia/analytics";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const { values } = regularize(
 *   { timesMs: [0, 15_010, 15_010, 44_995], values: [1, 2, 3, 4] },
 *   { stepMs: 15_000 },
 * );
 * deepStrictEqual([...values], [1, 3, NaN, 4]);
 * ```
 */
export function regularize(samples: TimedSamples, options: RegularizeOptions = {}): RegularSeries {
  const action = "regularize samples";
  requireKnownOptions(options, ["stepMs", "fromMs", "toMs"], action);
  requireTimedSamples(samples, action);
  const { timesMs } = samples;
  const { stepMs = medianDistance(timesMs, action) } = options;
  requirePositive(stepMs, "stepMs", action);
  const [firstMs, lastMs] = timeRange(timesMs);
  const { fromMs: startMs = requireSample(firstMs, "fromMs", action) } = options;
  requireFinite(startMs, "fromMs", action);
  const phase = steadyPhase(timesMs, startMs, stepMs);
  const lastStep = Math.round((lastMs - startMs) / stepMs - phase);
  const { toMs = startMs + (requireSample(lastStep, "toMs", action) + 1) * stepMs } = options;
  requireFinite(toMs, "toMs", action);
  const values = new Float64Array(requireSteps(startMs, toMs, stepMs, action)).fill(NaN);
  place(samples, values, (timeMs) => (timeMs - startMs) / stepMs - phase);
  return { startMs, stepMs, values };
}

/** Fills the steps; `position` is where a time lies on the grid, in steps. */
function place(samples: TimedSamples, values: Float64Array, position: (timeMs: number) => number): void {
  const distances = new Float64Array(values.length).fill(Infinity);
  const takenAtMs = new Float64Array(values.length).fill(-Infinity);
  for (let i = 0; i < samples.timesMs.length; i++) {
    const timeMs = samples.timesMs[i];
    const at = position(timeMs);
    const step = Math.round(at);
    if (step < 0 || step >= values.length || Number.isNaN(samples.values[i])) continue;
    const distance = Math.abs(at - step);
    const nearer = distance < distances[step] || (distance === distances[step] && timeMs >= takenAtMs[step]);
    if (!nearer) continue;
    distances[step] = distance;
    takenAtMs[step] = timeMs;
    values[step] = samples.values[i];
  }
}

/** By how much of a step the samples lie off the grid, if steadily so and by more than a quarter; else 0. */
function steadyPhase(timesMs: ArrayLike<number>, startMs: number, stepMs: number): number {
  let [cosines, sines] = [0, 0];
  for (let i = 0; i < timesMs.length; i++) {
    const angle = 2 * Math.PI * (((timesMs[i] - startMs) / stepMs) % 1);
    cosines += Math.cos(angle);
    sines += Math.sin(angle);
  }
  const phase = Math.atan2(sines, cosines) / (2 * Math.PI);
  const steadiness = Math.hypot(cosines, sines) / timesMs.length;
  return steadiness > 0.9 && Math.abs(phase) > 0.25 ? phase : 0;
}

function medianDistance(timesMs: ArrayLike<number>, action: string): number {
  const sorted = Float64Array.from(timesMs).sort();
  const distances: number[] = [];
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] > sorted[i - 1]) distances.push(sorted[i] - sorted[i - 1]);
  }
  if (distances.length === 0) {
    throw new RangeError(`Cannot ${action} as "stepMs" is not given and two samples are needed to find it`);
  }
  return median(distances);
}

function timeRange(timesMs: ArrayLike<number>): [number, number] {
  let [firstMs, lastMs] = [Infinity, -Infinity];
  for (let i = 0; i < timesMs.length; i++) {
    firstMs = Math.min(firstMs, timesMs[i]);
    lastMs = Math.max(lastMs, timesMs[i]);
  }
  return [firstMs, lastMs];
}

function requireSample(found: number, name: string, action: string): number {
  if (Number.isFinite(found)) return found;
  throw new RangeError(`Cannot ${action} as "${name}" is not given and a sample is needed to find it`);
}

function requireSteps(startMs: number, toMs: number, stepMs: number, action: string): number {
  if (toMs < startMs) {
    throw new RangeError(
      `Cannot ${action} as "toMs" must not be before "fromMs": found ${toMs} and ${startMs}`,
    );
  }
  const steps = Math.ceil((toMs - startMs) / stepMs);
  if (steps > STEPS_MAX) {
    throw new RangeError(`Cannot ${action} as a grid has at most ${STEPS_MAX} steps: found ${steps}`);
  }
  return steps;
}

/** Twenty-odd years of minutes; beyond that a mistaken unit is likelier than a wish. */
const STEPS_MAX = 10_000_000;
