import { mstl } from "../../mstl.ts";
import type { Season } from "./_seasonal.ts";

/** The last cycle of every season as MSTL sees it. */
export function mstlSeasons(values: Float64Array, end: number, periods: readonly number[]): Season[] {
  const { seasonal } = mstl(values.subarray(0, end), { periods });
  return periods.map((period) => {
    const cycle = new Float64Array(period);
    for (let t = end - period; t < end; t++) cycle[t % period] = seasonal[period][t];
    return { values: cycle, position: end % period };
  });
}
