import type { GridValues } from "../../shared/domain/results/analysed_values.ts";

/** All values that a series is analysed by, up to `toMs`. */
export interface Grid extends GridValues {
  readonly toMs: number;
}

/** The newest `lookbackMs` of a grid: windows of statistics may reach further back than the analysis. */
export function lookBack(grid: Grid, lookbackMs: number): GridValues {
  const { startMs, stepMs, toMs, values } = grid;
  const fromMs = Math.max(startMs, Math.ceil((toMs - lookbackMs) / stepMs) * stepMs);
  return { startMs: fromMs, stepMs, values: values.subarray((fromMs - startMs) / stepMs) };
}

/** Leaves out the time before a young series began: nothing was missing then. */
export function fromFirstValue({ startMs, stepMs, values }: GridValues): GridValues {
  const first = Math.max(0, values.findIndex((value) => !Number.isNaN(value)));
  return { startMs: startMs + first * stepMs, stepMs, values: values.subarray(first) };
}
