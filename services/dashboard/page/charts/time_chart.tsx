import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { formatTime, formatUtc } from "../format/time.ts";
import { formatQuantity } from "../../../shared/domain/quantity.ts";
import { type Unit } from "../../../shared/domain/unit.ts";
import { drawBounds, drawNow, shadeIntervals } from "./marks.ts";
import { onThemeChange, type Palette, readPalette } from "./palette.ts";
import { joinTracks, type Track } from "./time_table.ts";
import { panAndZoom } from "./pan_zoom.ts";

/** One line of the chart, optionally with a band around it. */
export interface ChartLine {
  readonly label: string;
  readonly colour: keyof Palette;
  readonly track: Track;
  readonly band?: { readonly lower: Track; readonly upper: Track; readonly colour: keyof Palette };
  readonly dashed?: boolean;
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
  const readout = useRef<HTMLOutputElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  // The plot's hooks read the newest props; only another set of lines builds another plot.
  const newest = useRef(props);
  newest.current = props;
  const shape = props.lines.map((line) => `${line.label}${line.band !== undefined}`).join("|");

  useEffect(() => {
    const build = () => {
      plot.current?.destroy();
      plot.current = createPlot(box.current!, readout.current!, () => newest.current);
    };
    build();
    const resize = new ResizeObserver(() =>
      plot.current?.setSize({ width: box.current!.clientWidth, height: newest.current.height ?? 300 })
    );
    resize.observe(box.current!);
    const endTheme = onThemeChange(build);
    return () => {
      endTheme();
      resize.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [shape, props.height]);

  useEffect(() => {
    const { range } = props;
    plot.current?.setData(dataOf(props), false);
    plot.current?.setScale("x", { min: range.fromMs / 1000, max: range.toMs / 1000 });
  });

  return (
    <figure class="chart" aria-label={props.title}>
      <div
        ref={box}
        class="plot"
        role="application"
        tabIndex={0}
        aria-label={`${props.title}. Arrow keys move, plus and minus zoom, 0 shows the whole.`}
        onKeyDown={(event) => moveByKey(event, newest.current)}
      />
      <output ref={readout} class="readout">{legend(props)}</output>
    </figure>
  );
}

function legend(props: TimeChartProps): string {
  return props.lines.map((line) => line.label).join(" · ");
}

function dataOf(props: TimeChartProps): uPlot.AlignedData {
  const tracks = props.lines.flatMap(({ track, band }) =>
    band === undefined ? [track] : [track, band.lower, band.upper]
  );
  const { timesMs, columns } = joinTracks(tracks);
  return [timesMs.map((time) => time / 1000), ...columns];
}

function createPlot(box: HTMLDivElement, readout: HTMLOutputElement, props: () => TimeChartProps): uPlot {
  const palette = readPalette();
  const { lines, unit, height = 300, range } = props();
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const { label, colour, band, dashed } of lines) {
    series.push({
      label,
      stroke: palette[colour] as string,
      width: 1.5,
      dash: dashed ? [6, 4] : undefined,
      points: { show: false },
    });
    if (band === undefined) continue;
    const edge: uPlot.Series = { label: "", stroke: "transparent", width: 0, points: { show: false } };
    series.push(edge, edge);
    bands.push({ series: [series.length - 1, series.length - 2], fill: palette[band.colour] });
  }
  const axis = {
    stroke: palette.muted,
    grid: { stroke: palette.grid, width: 1 },
    ticks: { stroke: palette.grid, width: 1 },
  };
  const options: uPlot.Options = {
    width: box.clientWidth || 600,
    height,
    series,
    bands,
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
    scales: {
      x: { min: range.fromMs / 1000, max: range.toMs / 1000 },
      y: { range: (_, low, high) => valueRange(low, high, props()) },
    },
    axes: [
      { ...axis, values: (_, ticks) => axisTimes(ticks), space: 70 },
      { ...axis, size: 74, values: (_, ticks) => ticks.map((tick) => formatQuantity(tick, unit)) },
    ],
    hooks: {
      drawClear: [(u) => shadeIntervals(u, props().intervals ?? [], palette)],
      draw: [
        (u) => drawBounds(u, props().bounds ?? [], palette, unit),
        (u) => drawNow(u, props().nowMs, palette),
      ],
      setCursor: [(u) => readout.textContent = readAt(u, props())],
      setSelect: [(u) => {
        if (u.select.width < 4) return;
        const [from, to] = [u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x")];
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        props().onRange?.({ fromMs: from * 1000, toMs: to * 1000 });
      }],
    },
    plugins: [panAndZoom((range) => props().onRange?.(range))],
  };
  return new uPlot(options, dataOf(props()), box);
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
    return time.toLocaleTimeString(undefined, {
      hour: "2-digit",
      minute: "2-digit",
      second: seconds ? "2-digit" : undefined,
    });
  });
}

/** Room above and below the data; a bound that is near comes into view, one that is far must not flatten the line. */
function valueRange(low: number | null, high: number | null, props: TimeChartProps): [number, number] {
  if (low === null || high === null) return [0, 1];
  let [bottom, top] = [low, high];
  const reach = Math.max(high - low, Math.abs(high) * 1e-3) * 1.5;
  for (const { value } of props.bounds ?? []) {
    if (value < bottom && low - value < reach) bottom = value;
    if (value > top && value - high < reach) top = value;
  }
  const room = (top - bottom) * 0.06 || Math.abs(top) * 0.05 || 1;
  return [bottom >= 0 && bottom - room < 0 ? 0 : bottom - room, top + room];
}

/** What is under the cursor, in words. */
function readAt(u: uPlot, props: TimeChartProps): string {
  const at = u.cursor.idx;
  if (at === null || at === undefined) return legend(props);
  const timeMs = u.data[0][at] * 1000;
  const words: string[] = [];
  let column = 1;
  for (const { label, band } of props.lines) {
    const value = u.data[column]?.[at];
    const [lower, upper] = band === undefined
      ? [null, null]
      : [u.data[column + 1]?.[at], u.data[column + 2]?.[at]];
    column += band === undefined ? 1 : 3;
    if (value === null || value === undefined) continue;
    const within = lower === null || lower === undefined || upper === null || upper === undefined
      ? ""
      : ` (${formatQuantity(lower, props.unit)} … ${formatQuantity(upper, props.unit)})`;
    words.push(`${label} ${formatQuantity(value, props.unit)}${within}`);
  }
  return `${formatTime(timeMs)} (${formatUtc(timeMs)}): ${words.join(" · ") || "no sample"}`;
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
