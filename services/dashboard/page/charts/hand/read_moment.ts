import type uPlot from "uplot";
import type { Unit } from "../../../../shared/domain/units/unit.ts";
import { formatWithin } from "../../format/quantity.ts";
import { formatTime, formatUtc } from "../../format/time.ts";
import type { ChartLine } from "../data/chart_line.ts";
import type { Palette } from "../data/colours.ts";
import { spanShown } from "../marks/marks.ts";
import type { ShadedStretch } from "../data/shaded_stretch.ts";
import type { Reading } from "./tooltip.ts";

/** What is under the cursor, in words. */
export function readMoment(
  u: uPlot,
  index: number,
  { lines, intervals = [], unit, palette }: {
    readonly lines: readonly ChartLine[];
    readonly intervals?: readonly ShadedStretch[];
    readonly unit: Unit;
    readonly palette: Palette;
  },
): Reading {
  const format = formatWithin(spanShown(u), unit);
  const timeMs = u.data[0][index] * 1000;
  const rows: { colour: string; text: string }[] = [];
  let column = 1;
  for (const { label, band, colour } of lines) {
    const value = u.data[column]?.[index];
    const [lower, upper] = band === undefined
      ? [null, null]
      : [u.data[column + 1]?.[index], u.data[column + 2]?.[index]];
    column += band === undefined ? 1 : 3;
    if (value === null || value === undefined) continue;
    const hasInterval = lower !== null && lower !== undefined && upper !== null && upper !== undefined;
    const within = hasInterval ? ` (${format(lower)} … ${format(upper)})` : "";
    rows.push({ colour: palette[colour], text: `${label} ${format(value)}${within}` });
  }
  const isSilent = intervals.some(({ cause, fromMs, toMs }) =>
    cause === "noData" && timeMs >= fromMs && timeMs < toMs
  );
  if (isSilent) rows.push({ colour: palette.bound, text: "no samples: violated" });
  else if (rows.length === 0) rows.push({ colour: "transparent", text: "no sample" });
  return { title: `${formatTime(timeMs)} · ${formatUtc(timeMs)}`, rows };
}
