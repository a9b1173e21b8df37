import type { NabSeries } from "./read_series.ts";

/** A stretch of a series to learn from, and what came right after it. */
export interface Window {
  readonly past: Float64Array;
  readonly future: Float64Array;
}

/** Cuts evenly spaced windows out of a series; those with gaps to forecast, or mostly gaps, are left out. */
export function cutWindows(
  series: NabSeries,
  { length, horizon, count }: { readonly length: number; readonly horizon: number; readonly count: number },
): Window[] {
  const { values } = series;
  const past = Math.min(length, Math.floor(values.length / 2));
  const room = values.length - past - horizon;
  const windows: Window[] = [];
  for (let i = 0; i < count; i++) {
    const from = Math.floor(room * i / Math.max(1, count - 1));
    const future = values.slice(from + past, from + past + horizon);
    const known = values.slice(from, from + past).filter((value) => !Number.isNaN(value)).length;
    if (future.some(Number.isNaN) || known < past / 2) continue;
    windows.push({ past: values.slice(from, from + past), future });
  }
  return windows;
}
