import uPlot from "uplot";
import type { Unit } from "../../../../shared/domain/units/unit.ts";
import type { TimeRange } from "../../zoom_range.ts";
import { createAxes } from "./axes.ts";
import { hatch } from "./hatch.ts";
import { type ChartLine, tracksOf } from "../data/chart_line.ts";
import type { Palette } from "../data/colours.ts";
import { type ChartBound, drawBounds } from "../marks/draw_bounds.ts";
import { drawCutOff, drawNow } from "../marks/marks.ts";
import type { ShadedStretch } from "../data/shaded_stretch.ts";
import { shadeIntervals } from "../marks/shade_intervals.ts";
import { readPalette } from "./palette.ts";
import { type AskRange, panAndZoom } from "../hand/pan_zoom.ts";
import { touchZoom } from "../hand/touch_zoom.ts";
import { readMoment } from "../hand/read_moment.ts";
import { joinTracks } from "../data/time_table.ts";
import { tooltip } from "../hand/tooltip.ts";
import type { ValueView } from "../data/value_view.ts";

/** What a plot shows. */
export interface PlotContent {
  readonly unit: Unit;
  readonly lines: readonly ChartLine[];
  readonly range: TimeRange;
  readonly view: ValueView;
  readonly nowMs?: number;
  readonly bounds?: readonly ChartBound[];
  readonly intervals?: readonly ShadedStretch[];
  readonly onRange?: AskRange;
  readonly height?: number;
  readonly valuesPx?: number;
}

/** Half of the longest time below the axis, as its last tick may be at the edge. */
const LAST_TICK_PX = 30;

/** Makes a plot in the element. Its hooks read the newest content; only another set of lines needs another plot. */
export function createPlot(element: HTMLDivElement, content: () => PlotContent): uPlot {
  const palette = readPalette();
  const hatching = hatch(palette.bound);
  const { lines, unit, height = 300, range, onRange, valuesPx } = content();
  const plot: uPlot = new uPlot(
    {
      width: element.clientWidth || 600,
      height,
      padding: [null, LAST_TICK_PX, null, null],
      ...seriesOf(lines, palette),
      legend: { show: false },
      cursor: { drag: { x: onRange !== undefined, y: false, setScale: false }, points: { size: 6 } },
      scales: {
        x: { min: range.fromMs / 1000, max: range.toMs / 1000 },
        y: { range: () => [content().view.low, content().view.high] },
      },
      axes: createAxes({ palette, unit, height, valuesPx }),
      hooks: {
        drawClear: [(u) => shadeIntervals(u, content().intervals ?? [], { palette, hatching })],
        draw: [
          (u) => drawNow(u, content().nowMs, palette),
          (u) => drawCutOff(u, content().lines, palette),
          // Their names are last, as nothing is to go through them.
          (u) => drawBounds(u, content(), palette),
        ],
        setSelect: [(u) => {
          if (u.select.width < 4) return;
          const { left, width } = u.select;
          const [from, to] = [u.posToVal(left, "x"), u.posToVal(left + width, "x")];
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          content().onRange?.({ fromMs: from * 1000, toMs: to * 1000 });
        }],
      },
      plugins: [
        panAndZoom((range) => content().onRange?.(range)),
        ...(onRange === undefined ? [] : [touchZoom((range) => content().onRange?.(range))]),
        tooltip((index) => readMoment(plot, index, { ...content(), unit, palette })),
      ],
    },
    dataOf(lines),
    element,
  );
  return plot;
}

/** Puts other content of the same lines into a plot. */
export function updatePlot(plot: uPlot, { lines, range, view }: PlotContent): void {
  plot.batch(() => {
    plot.setData(dataOf(lines), false);
    plot.setScale("x", { min: range.fromMs / 1000, max: range.toMs / 1000 });
    plot.setScale("y", { min: view.low, max: view.high });
  });
}

function dataOf(lines: readonly ChartLine[]): uPlot.AlignedData {
  const { timesMs, columns } = joinTracks(tracksOf(lines));
  return [timesMs.map((time) => time / 1000), ...columns];
}

function seriesOf(
  lines: readonly ChartLine[],
  palette: Palette,
): { readonly series: uPlot.Series[]; readonly bands: uPlot.Band[] } {
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const { label, colour, band, dashed, fill } of lines) {
    series.push({
      label,
      stroke: palette[colour],
      width: 1.5,
      dash: dashed ? [6, 4] : undefined,
      fill: fill === undefined ? undefined : palette[fill],
      points: { show: false },
    });
    if (band === undefined) continue;
    const { isUnsure = false } = band;
    const edge: uPlot.Series = {
      label: "",
      stroke: isUnsure ? palette[colour] : "transparent",
      width: isUnsure ? 0.7 : 0,
      dash: [2, 4],
      points: { show: false },
    };
    series.push(edge, edge);
    const hatched = isUnsure ? hatch(palette[colour]) : null;
    // uPlot hands what it gets to the canvas, which takes patterns as well as colours.
    const bandFill: uPlot.Band["fill"] = hatched === null ? palette[band.colour] : () => hatched;
    bands.push({ series: [series.length - 1, series.length - 2], fill: bandFill });
  }
  return { series, bands };
}
