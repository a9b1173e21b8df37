import { selectSmallest } from "../series/_select_smallest.ts";
import { robustDeviation } from "./_whiten.ts";

/** A series without its jumps, and the jumps. */
export interface SplitSeries {
  /** The series, moved after each jump by what the jump was. */
  readonly smooth: Float64Array;
  /** Height of the jump to each value, 0 where there is none. */
  readonly jumps: Float64Array;
  /** Share of the squared changes that the jumps make up, 0 … 1. */
  readonly share: number;
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
  const usual = selectSmallest(changes.slice(), changes.length, changes.length >> 1);
  const limit = 5 * robustDeviation(changes.map((change) => change - usual));
  let [height, total, squares] = [0, 0, 0];
  times.forEach((t, i) => {
    const jump = changes[i] - usual;
    if (i > 0) total += jump * jump;
    if (i > 0 && Math.abs(jump) > limit) {
      height += jumps[t] = jump;
      squares += jump * jump;
    }
    smooth[t] = values[t] - height;
  });
  return { smooth, jumps, share: total > 0 ? squares / total : 0 };
}
