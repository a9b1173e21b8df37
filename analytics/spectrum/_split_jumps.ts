import { median } from "../series/_median.ts";
import { robustDeviation } from "./_whiten.ts";

/** A series without its jumps, and the jumps. */
export interface SplitSeries {
  /** The series, moved after each jump by what the jump was. */
  readonly smooth: Float64Array;
  /** Height of the jump to each value, 0 where there is none. */
  readonly jumps: Float64Array;
  /** Whether the jumps make up most of the squared changes. */
  readonly mostly: boolean;
}

/**
 * Parts a series into jumps and the rest: a jump is a change more than five robust deviations off the median change,
 * from one observed value to the next. Entries where `observed` is 0 are 0. O(n).
 */
export function splitJumps(values: Float64Array, observed: Uint8Array | null): SplitSeries {
  const length = values.length;
  const smooth = new Float64Array(length);
  const jumps = new Float64Array(length);
  const times: number[] = [];
  for (let t = 0; t < length; t++) if (observed === null || observed[t] === 1) times.push(t);
  const changes = Float64Array.from(times, (t, i) => i === 0 ? 0 : values[t] - values[times[i - 1]]);
  const usual = median(changes);
  for (let i = 1; i < changes.length; i++) changes[i] -= usual;
  const limit = 5 * robustDeviation(changes);
  let [height, squares] = [0, 0];
  times.forEach((t, i) => {
    const jump = changes[i];
    if (Math.abs(jump) > limit) {
      height += jumps[t] = jump;
      squares += jump * jump;
    } else squares -= jump * jump;
    smooth[t] = values[t] - height;
  });
  return { smooth, jumps, mostly: squares > 0 };
}
