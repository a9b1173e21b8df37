import { createCycleSmoother } from "./_cycle_smoother.ts";
import { writeLowPass } from "./_low_pass.ts";
import { writeBisquareWeights } from "./_robustness.ts";
import { createLoessSmoother } from "./_create_loess_smoother.ts";

/** Everything STL can be told, with nothing left to default. */
export interface StlSettings {
  readonly period: number;
  readonly seasonalWindow: number;
  readonly trendWindow: number;
  readonly lowPassWindow: number;
  readonly seasonalDegree: 0 | 1;
  readonly trendDegree: 0 | 1;
  readonly lowPassDegree: 0 | 1;
  readonly seasonalJump: number;
  readonly trendJump: number;
  readonly lowPassJump: number;
  readonly innerIterations: number;
  readonly outerIterations: number;
  /** Whether the season is averaged over all cycles at the end. */
  readonly periodic: boolean;
}

/** A decomposition; the remainder is the caller's subtraction. */
export interface StlComponents {
  readonly trend: Float64Array;
  readonly seasonal: Float64Array;
  readonly weights: Float64Array;
}

/** Decomposes series of one length; `values` must be finite at gaps too, where they are not looked at. */
export type StlFilter = (values: Float64Array, observed: Uint8Array | null) => StlComponents;

/** Prepares the filter: kernels are computed once and serve every series and every iteration. */
export function createStlFilter(length: number, settings: StlSettings): StlFilter {
  const { period, innerIterations, outerIterations } = settings;
  const cycleSmoother = createCycleSmoother({
    length,
    period,
    window: settings.seasonalWindow,
    degree: settings.seasonalDegree,
    jump: settings.seasonalJump,
  });
  const lowPassSmoother = createLoessSmoother({
    length,
    window: settings.lowPassWindow,
    degree: settings.lowPassDegree,
    jump: settings.lowPassJump,
  });
  const trendSmoother = createLoessSmoother({
    length,
    window: settings.trendWindow,
    degree: settings.trendDegree,
    jump: settings.trendJump,
  });
  const work = new Float64Array(length);
  const cycles = new Float64Array(length + 2 * period);
  const once = new Float64Array(length + 2 * period);
  const averaged = new Float64Array(length + 2 * period);
  const lowPass = new Float64Array(length);

  return (values, observed) => {
    const trend = new Float64Array(length);
    const seasonal = new Float64Array(length);
    const weights = observed === null ? new Float64Array(length).fill(1) : new Float64Array(observed);
    let weighted = observed !== null;
    for (let outer = 0; outer <= outerIterations; outer++) {
      if (outer > 0) {
        for (let i = 0; i < length; i++) work[i] = values[i] - trend[i] - seasonal[i];
        writeBisquareWeights(work, weights, observed, lowPass);
        weighted = true;
      }
      const inUse = weighted ? weights : null;
      trendSmoother.weigh(inUse, observed);
      for (let inner = 0; inner < innerIterations; inner++) {
        for (let i = 0; i < length; i++) work[i] = values[i] - trend[i];
        cycleSmoother.smooth(work, cycles, inUse, observed);
        writeLowPass(cycles, period, once, averaged);
        lowPassSmoother.smooth(averaged.subarray(0, length), lowPass);
        for (let i = 0; i < length; i++) {
          seasonal[i] = cycles[period + i] - lowPass[i];
          work[i] = values[i] - seasonal[i];
        }
        trendSmoother.smooth(work, trend);
      }
    }
    if (settings.periodic) averageCycles(seasonal, period);
    return { trend, seasonal, weights };
  };
}

function averageCycles(seasonal: Float64Array, period: number): void {
  for (let phase = 0; phase < period; phase++) {
    let sum = 0;
    let count = 0;
    for (let i = phase; i < seasonal.length; i += period, count++) sum += seasonal[i];
    for (let i = phase; i < seasonal.length; i += period) seasonal[i] = sum / count;
  }
}
