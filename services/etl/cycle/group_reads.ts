import { exactSelector } from "../../shared/domain/selector.ts";
import type { SelectedSeries } from "./select_series.ts";

/** Series that one request reads. */
export interface ReadGroup {
  readonly expression: string;
  readonly stepMs: number;
  readonly series: readonly SelectedSeries[];
}

/** Of a metric with many more series than are kept, the few are read one by one. */
const SINGLE_MAX = 50;
const SHARE_MIN = 0.25;

/**
 * Groups the series to read by metric and step, so that there is one request per metric rather than per series.
 *
 * @param foundPerExpression How many series each expression would bring.
 */
export function groupReads(
  kept: readonly SelectedSeries[],
  foundPerExpression: ReadonlyMap<string, number>,
): readonly ReadGroup[] {
  const groups = new Map<string, { expression: string; stepMs: number; series: SelectedSeries[] }>();
  for (const each of kept) {
    const key = `${each.stepMs} ${each.expression}`;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { expression: each.expression, stepMs: each.stepMs, series: [each] });
    } else group.series.push(each);
  }
  return [...groups.values()].flatMap((group): ReadGroup[] => {
    const found = foundPerExpression.get(group.expression) ?? group.series.length;
    if (group.series.length > SINGLE_MAX || group.series.length >= SHARE_MIN * found) return [group];
    return group.series.map((each) => ({
      expression: exactSelector({ ...each.series.labels, __name__: each.series.name }),
      stepMs: group.stepMs,
      series: [each],
    }));
  });
}
