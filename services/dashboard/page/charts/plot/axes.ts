import type uPlot from "uplot";
import { formatTicks } from "../../format/quantity.ts";
import { type Unit } from "../../../../shared/domain/units/unit.ts";
import { formatClock } from "../../format/time.ts";
import { incrementsOf } from "./increments.ts";
import type { Palette } from "../data/colours.ts";

/** A chart lower than this has its ticks closer together. */
const LOW_PX = 200;

/** The least room for the numbers at the left. */
const VALUES_PX = 44;

/** The time below and the value at the left, which takes as much room as its longest number. */
export function createAxes(
  { palette, unit, height, valuesPx = VALUES_PX }: {
    readonly palette: Palette;
    readonly unit: Unit;
    readonly height: number;
    /** The least room for the numbers at the left. */
    readonly valuesPx?: number;
  },
): uPlot.Axis[] {
  const axis = {
    stroke: palette.muted,
    grid: { stroke: palette.grid, width: 1 },
    ticks: { stroke: palette.grid, width: 1 },
  };
  return [
    { ...axis, values: (_, ticks) => axisTimes(ticks), space: 70, size: 34 },
    {
      ...axis,
      space: height < LOW_PX ? 20 : 36,
      size: (_, values) => Math.max(valuesPx, ...(values ?? []).map((text) => text.length * 6.6 + 22)),
      incrs: incrementsOf(unit),
      values: (_, ticks) => formatTicks(ticks, unit),
    },
  ];
}

/** Ticks of whole days carry the date, the others the time of day. */
function axisTimes(ticks: readonly number[]): string[] {
  const spansDays = ticks.length > 1 && ticks[1] - ticks[0] >= 86_400;
  const seconds = ticks.length > 1 && ticks[1] - ticks[0] < 60;
  return ticks.map((tick) => {
    const time = new Date(tick * 1000);
    if (spansDays || (time.getHours() === 0 && time.getMinutes() === 0 && !seconds)) {
      return time.toLocaleDateString(undefined, { day: "numeric", month: "short" });
    }
    return formatClock(time, seconds);
  });
}
