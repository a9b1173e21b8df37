/** Most that errors grow by, as a power of the steps ahead: as those of a random walk. */
const WALK = 0.5;
/** A distance is told by so many stretches of it side by side. */
const STRETCHES = 8;

/**
 * By which power of their distance values of a series without seasons drift apart, from `steps` on: 0 around a level or a
 * line, 0.5 of a random walk. Few tested stretches tell it less surely than all values do.
 *
 * Squares of changes about the mean change per step, which a walk has fitted to itself: hence the divisor.
 */
export function walkGrowth(values: Float64Array, steps: number): number {
  const far = Math.floor(values.length / STRETCHES);
  if (far < 2 * steps) return 0;
  const [near, distant] = [squareOfChanges(values, steps), squareOfChanges(values, far)];
  if (!(near > 0 && distant > 0)) return 0;
  return Math.min(WALK, Math.max(0, Math.log(distant / near) / (2 * Math.log(far / steps))));
}

function squareOfChanges(values: Float64Array, lag: number): number {
  const last = values.length - 1;
  const from = values.findIndex((value) => value === value);
  const to = values.findLastIndex((value) => value === value);
  const slope = (values[to] - values[from]) / (to - from);
  let square = 0;
  let count = 0;
  for (let t = lag; t <= last; t++) {
    const change = values[t] - values[t - lag] - slope * lag;
    if (change === change) square += (change * change - square) / ++count;
  }
  return square / (1 - lag / last);
}
