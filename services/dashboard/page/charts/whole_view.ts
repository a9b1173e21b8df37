import { route, updateQuery } from "../route.ts";
import { isListed, listed } from "../view_link.ts";

/** Whether a chart shows all of its values, as its link says, and how to change that. */
export function useWhole(chart: string): readonly [whole: boolean, setWhole: (whole: boolean) => void] {
  const { whole } = route.value.query;
  return [isListed(whole, chart), (shown) => updateQuery({ whole: listed(whole, chart, shown) })];
}
