import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { formatQuantity } from "../../../shared/domain/quantity.ts";
import { type Unit } from "../../../shared/domain/unit.ts";
import { formatTime, formatUtc } from "../format/time.ts";
import { createAxes } from "./axes.ts";
import { ChartTable } from "./chart_table.tsx";
import { Legend } from "./legend.tsx";
import { drawBounds, drawNow, shadeIntervals } from "./marks.ts";
import { onThemeChange, type Palette, readPalette } from "./palette.ts";
import { panAndZoom } from "./pan_zoom.ts";
import { joinTracks, type Track } from "./time_table.ts";
import { type Reading, tooltip } from "./tooltip.ts";

/** One line of the chart, optionally with a band around it. */
export interface ChartLine {
  readonly label: string;
  readonly colour: keyof Palette;
  readonly track: Track;
  readonly band?: { readonly lower: Track; readonly upper: Track; readonly colour: keyof Palette };
  readonly dashed?: boolean;
  /** Colour of the area below the line. */
  readonly fill?: keyof Palette;
}

/** What is drawn. */
export interface TimeChartProps {
  /** What the chart shows, for those who can't see it. */
  readonly title: string;
  readonly unit: Unit;
  readonly lines: readonly ChartLine[];
  /** The part of the axis in view, ms. */
  readonly range: { readonly fromMs: number; readonly toMs: number };
  readonly nowMs?: number;
  /** Horizontal lines: the bounds of an SLA. */
  readonly bounds?: readonly { readonly label: string; readonly value: number }[];
  /** Shaded stretches: violations. */
  readonly intervals?: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** Values that are in view whatever the data: a share goes from 0 to 1. */
  readonly values?: readonly [low: number, high: number];
  /** Where the axis ends at the latest: what lies beyond would flatten the rest, and is for words to tell. */
  readonly clip?: readonly [low: number, high: number];
  /** Asked for another part of the axis; absent: the chart stays where it is. `null` is back to the whole. */
  readonly onRange?: (range: { readonly fromMs: number; readonly toMs: number } | null) => void;
  readonly height?: number;
}

/**
 * Lines over time. Drag to zoom, double-click for the whole, shift-drag or the arrow keys to move, + and − to zoom.
 * New data is put into the chart that is there, so that live updates do not flicker.
 */
export function TimeChart(props: TimeChartProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  // The plot's hooks read the newest props; only another set of lines builds another plot.
  const newest = useRef(props);
  newest.current = props;
  const beganMs = useRef(0);
  const shape = props.lines.map((line) => `${line.label}${line.band !== undefined}`).join("|");
  const { title, lines, height = 300, onRange } = props;

  useEffect(() => {
    const element = box.current!;
    const build = () => {
      plot.current?.destroy();
      beganMs.current = performance.now();
      plot.current = createPlot(element, () => newest.current);
      plot.current.hooks.draw!.push((u) => measureDraw(beganMs.current, u.data[0].length));
    };
    build();
    const resize = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    const endTheme = onThemeChange(build);
    return () => {
      endTheme();
      resize.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [shape, height]);

  useEffect(() => {
    const { range } = props;
    beganMs.current = performance.now();
    plot.current?.batch(() => {
      plot.current?.setData(dataOf(props), false);
      plot.current?.setScale("x", { min: range.fromMs / 1000, max: range.toMs / 1000 });
    });
  });

  const keys = onRange === undefined ? "" : " Arrow keys move, plus and minus zoom, 0 shows the whole.";
  return (
    <figure class="chart" aria-label={title}>
      <div
        ref={box}
        class="plot"
        style={{ minHeight: `${height}px` }}
        role={onRange === undefined ? "img" : "application"}
        tabIndex={onRange === undefined ? undefined : 0}
        aria-label={`${title}.${keys} The same is in the table below.`}
        onKeyDown={(event) => moveByKey(event, newest.current)}
      />
      <figcaption>
        {lines.length > 1 ? <Legend lines={lines} /> : <span />}
        <ChartTable {...props} />
      </figcaption>
    </figure>
  );
}

/** What a chart takes to be drawn, for whoever observes it; the browser keeps the last one alone. */
function measureDraw(start: number, points: number): void {
  performance.clearMeasures("chart drawn");
  performance.measure("chart drawn", { start, end: performance.now(), detail: { points } });
}

function dataOf(props: TimeChartProps): uPlot.AlignedData {
  const tracks = props.lines.flatMap(({ track, band }) =>
    band === undefined ? [track] : [track, band.lower, band.upper]
  );
  const { timesMs, columns } = joinTracks(tracks);
  return [timesMs.map((time) => time / 1000), ...columns];
}

function createPlot(box: HTMLDivElement, props: () => TimeChartProps): uPlot {
  const palette = readPalette();
  const { lines, unit, height = 300, range } = props();
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
    const edge: uPlot.Series = { label: "", stroke: "transparent", width: 0, points: { show: false } };
    series.push(edge, edge);
    bands.push({ series: [series.length - 1, series.length - 2], fill: palette[band.colour] });
  }
  const options: uPlot.Options = {
    width: box.clientWidth || 600,
    height,
    series,
    bands,
    legend: { show: false },
    cursor: {
      drag: { x: props().onRange !== undefined, y: false, setScale: false },
      points: { size: 6 },
    },
    scales: {
      x: { min: range.fromMs / 1000, max: range.toMs / 1000 },
      y: { range: (_, low, high) => valueRange(low, high, props()) },
    },
    axes: createAxes({ palette, unit, height }),
    hooks: {
      drawClear: [(u) => shadeIntervals(u, props().intervals ?? [], palette)],
      draw: [
        (u) => drawBounds(u, props().bounds ?? [], palette, unit),
        (u) => drawNow(u, props().nowMs, palette),
      ],
      setSelect: [(u) => {
        if (u.select.width < 4) return;
        const [from, to] = [u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x")];
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        props().onRange?.({ fromMs: from * 1000, toMs: to * 1000 });
      }],
    },
    plugins: [
      panAndZoom((range) => props().onRange?.(range)),
      tooltip((index) => readAt(plot, index, { props: props(), palette })),
    ],
  };
  const plot = new uPlot(options, dataOf(props()), box);
  return plot;
}

/** Room above and below the data; a bound that is near comes into view, one that is far must not flatten the line. */
function valueRange(low: number | null, high: number | null, props: TimeChartProps): [number, number] {
  if (low === null || high === null) return [...props.values ?? [0, 1]];
  let [bottom, top] = [low, high];
  if (props.values !== undefined) {
    bottom = Math.min(bottom, props.values[0]);
    top = Math.max(top, props.values[1]);
  }
  const reach = Math.max(high - low, Math.abs(high) * 1e-3) * 1.5;
  for (const { value } of props.bounds ?? []) {
    if (value < bottom && low - value < reach) bottom = value;
    if (value > top && value - high < reach) top = value;
  }
  if (props.clip !== undefined) {
    bottom = Math.max(bottom, props.clip[0]);
    top = Math.min(top, props.clip[1]);
  }
  const room = (top - bottom) * 0.06 || Math.abs(top) * 0.05 || 1;
  return [bottom >= 0 && bottom - room < 0 ? 0 : bottom - room, top + room];
}

/** What is under the cursor, in words. */
function readAt(
  u: uPlot,
  index: number,
  { props, palette }: { readonly props: TimeChartProps; readonly palette: Palette },
): Reading {
  const timeMs = u.data[0][index] * 1000;
  const rows: { colour: string; text: string }[] = [];
  let column = 1;
  for (const { label, band, colour } of props.lines) {
    const value = u.data[column]?.[index];
    const [lower, upper] = band === undefined
      ? [null, null]
      : [u.data[column + 1]?.[index], u.data[column + 2]?.[index]];
    column += band === undefined ? 1 : 3;
    if (value === null || value === undefined) continue;
    const within = lower === null || lower === undefined || upper === null || upper === undefined
      ? ""
      : ` (${formatQuantity(lower, props.unit)} … ${formatQuantity(upper, props.unit)})`;
    rows.push({ colour: palette[colour], text: `${label} ${formatQuantity(value, props.unit)}${within}` });
  }
  if (rows.length === 0) rows.push({ colour: "transparent", text: "no sample" });
  return { title: `${formatTime(timeMs)} · ${formatUtc(timeMs)}`, rows };
}

function moveByKey(event: KeyboardEvent, props: TimeChartProps): void {
  const { fromMs, toMs } = props.range;
  const width = toMs - fromMs;
  const moves: Readonly<Record<string, readonly [number, number] | null>> = {
    ArrowLeft: [fromMs - width / 4, toMs - width / 4],
    ArrowRight: [fromMs + width / 4, toMs + width / 4],
    "+": [fromMs + width / 4, toMs - width / 4],
    "=": [fromMs + width / 4, toMs - width / 4],
    "-": [fromMs - width / 2, toMs + width / 2],
    "0": null,
  };
  if (!(event.key in moves) || props.onRange === undefined) return;
  event.preventDefault();
  const move = moves[event.key];
  props.onRange(move === null ? null : { fromMs: move[0], toMs: move[1] });
}
