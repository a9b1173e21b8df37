import { fillMissing, interpolateBetween } from "./_between.ts";
import { fillRows } from "./_fill_rows.ts";
import { createLocalFits, type LocalFits } from "./_local_fits.ts";
import { loessRows, type LoessShape, outerRows } from "./_rows.ts";

/**
 * Smooths every cycle-subseries (all Mondays, all 08:00s, …) by itself and looks one cycle beyond both ends.
 *
 * All subseries of one length share their kernels; there are two lengths at most.
 */
export interface CycleSmoother {
  /** Smooths `values` (`length` of them) into `cycles`, of `length + 2 · period`: one cycle earlier to one later. */
  smooth(
    values: Float64Array,
    cycles: Float64Array,
    weights: Float64Array | null,
    observed: Uint8Array | null,
  ): void;
}

/** Shape of the smoother of all cycle-subseries. */
export interface CycleShape extends LoessShape {
  /** Values per cycle, at most half of `length`. */
  readonly period: number;
}

/** Prepares a smoother. */
export function createCycleSmoother(shape: CycleShape): CycleSmoother {
  const { length, period } = shape;
  const short = Math.floor(length / period);
  const longer = length % period;
  const groups = [group(shape, short + 1, 0, longer), group(shape, short, longer, period)]
    .filter(({ fromPhase, toPhase }) => fromPhase < toPhase);

  function smooth(
    values: Float64Array,
    cycles: Float64Array,
    weights: Float64Array | null,
    observed: Uint8Array | null,
  ): void {
    for (const each of groups) {
      if (weights === null) smoothTogether(each, values, cycles, period);
      else smoothByPhase(each, values, cycles, period, weights, observed);
    }
    // A phase that was never observed takes its season from the phases beside it.
    if (observed !== null) fillMissing(cycles);
  }

  return { smooth };
}

interface PhaseGroup {
  readonly count: number;
  readonly fromPhase: number;
  readonly toPhase: number;
  readonly inner: LocalFits;
  readonly outer: LocalFits;
  /** Room for one subseries. */
  readonly curve: Float64Array;
}

function group(shape: CycleShape, count: number, fromPhase: number, toPhase: number): PhaseGroup {
  const subseries: LoessShape = { ...shape, length: count };
  return {
    count,
    fromPhase,
    toPhase,
    inner: createLocalFits(loessRows(subseries), subseries),
    outer: createLocalFits(outerRows(subseries), subseries),
    curve: new Float64Array(count),
  };
}

/** Without weights a row is the same for every phase: rows of the series are added up, phases side by side. */
function smoothTogether(group: PhaseGroup, values: Float64Array, cycles: Float64Array, period: number): void {
  const { inner, outer, fromPhase, toPhase } = group;
  for (const { rows, coefficients } of [inner, outer]) {
    for (let row = 0; row < rows.positions.length; row++) {
      const target = (rows.positions[row] + 1) * period;
      const weights = coefficients(row);
      cycles.fill(0, target + fromPhase, target + toPhase);
      for (let k = 0; k < weights.length; k++) {
        const weight = weights[k];
        const source = (rows.first[row] + k) * period;
        for (let phase = fromPhase; phase < toPhase; phase++) {
          cycles[target + phase] += weight * values[source + phase];
        }
      }
    }
  }
  const { positions } = inner.rows;
  for (let row = 1; row < positions.length; row++) {
    const steps = positions[row] - positions[row - 1];
    const from = (positions[row - 1] + 1) * period;
    const to = (positions[row] + 1) * period;
    for (let step = 1; step < steps; step++) {
      for (let phase = fromPhase; phase < toPhase; phase++) {
        cycles[from + step * period + phase] = cycles[from + phase] +
          (cycles[to + phase] - cycles[from + phase]) / steps * step;
      }
    }
  }
}

function smoothByPhase(
  group: PhaseGroup,
  values: Float64Array,
  cycles: Float64Array,
  period: number,
  weights: Float64Array,
  observed: Uint8Array | null,
): void {
  const { inner, outer, count, curve, fromPhase, toPhase } = group;
  const { positions } = inner.rows;
  for (let phase = fromPhase; phase < toPhase; phase++) {
    for (let row = 0; row < positions.length; row++) {
      const position = positions[row];
      const fitted = inner.fit(row, values, weights, phase, period);
      const place = position * period + phase;
      const keep = Number.isNaN(fitted) && (observed === null || observed[place] === 1);
      curve[position] = keep ? values[place] : fitted;
    }
    if (positions.length < count) {
      fillRows(curve, positions);
      interpolateBetween(curve, positions);
    } else if (observed !== null) {
      fillMissing(curve);
    }
    const before = outer.fit(0, values, weights, phase, period);
    const after = outer.fit(1, values, weights, phase, period);
    cycles[phase] = Number.isNaN(before) ? curve[0] : before;
    cycles[(count + 1) * period + phase] = Number.isNaN(after) ? curve[count - 1] : after;
    for (let cycle = 0; cycle < count; cycle++) cycles[(cycle + 1) * period + phase] = curve[cycle];
  }
}
