/** Values by time, `null` where there is none. */
export interface Track {
  readonly timesMs: readonly number[];
  readonly values: readonly (number | null)[];
}

/** Several tracks on one axis: `columns[k][i]` is track k at `timesMs[i]`. */
export interface TimeTable {
  readonly timesMs: number[];
  readonly columns: (number | null | undefined)[][];
}

/**
 * Lays tracks over one time axis. Where a track has no entry the cell is `undefined` (the line goes on), where it has
 * a missing value it is `null` (the line breaks).
 */
export function joinTracks(tracks: readonly Track[]): TimeTable {
  const timesMs = [...new Set(tracks.flatMap((track) => track.timesMs))].sort((a, b) => a - b);
  const position = new Map(timesMs.map((time, i) => [time, i]));
  const columns = tracks.map(({ timesMs: own, values }) => {
    const column = new Array<number | null | undefined>(timesMs.length).fill(undefined);
    own.forEach((time, i) => column[position.get(time)!] = values[i]);
    return column;
  });
  return { timesMs, columns };
}

/** The times of a grid. */
export function gridTimes(startMs: number, stepMs: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => startMs + i * stepMs);
}
