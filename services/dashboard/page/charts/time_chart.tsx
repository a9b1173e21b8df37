import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type uPlot from "uplot";
import type { Unit } from "../../../shared/domain/units/unit.ts";
import type { TimeRange } from "../zoom_range.ts";
import type { ChartLine } from "./data/chart_line.ts";
import { ChartTable } from "./chart_table.tsx";
import { createPlot, updatePlot } from "./plot/create_plot.ts";
import { CutOffNote } from "./cut_off_note.tsx";
import type { ChartBound } from "./marks/draw_bounds.ts";
import { Legend } from "./legend.tsx";
import type { ShadedStretch } from "./data/shaded_stretch.ts";
import { moveByKey } from "./hand/move_by_key.ts";
import { onThemeChange } from "./plot/palette.ts";
import type { AskRange } from "./hand/pan_zoom.ts";
import { viewOfValues } from "./data/value_view.ts";
import { useWhole } from "./whole_view.ts";

/** What is drawn. */
export interface TimeChartProps {
  /** What its page's link calls the chart. */
  readonly name: string;
  /** What the chart shows, for those who can't see it. */
  readonly title: string;
  readonly unit: Unit;
  readonly lines: readonly ChartLine[];
  /** The part of the axis in view, ms. */
  readonly range: TimeRange;
  readonly nowMs?: number;
  /** Horizontal lines: the bounds of an SLA. */
  readonly bounds?: readonly ChartBound[];
  /** Shaded stretches: violations. */
  readonly intervals?: readonly ShadedStretch[];
  /** Values that are in view whatever the data: a share goes from 0 to 1. */
  readonly values?: readonly [low: number, high: number];
  /** Asked for another part of the axis; absent: the chart stays where it is. */
  readonly onRange?: AskRange;
  readonly height?: number;
  /** The least room for the numbers at the left: as much in charts below one another lets their times line up. */
  readonly valuesPx?: number;
}

/**
 * Lines over time. Drag to zoom, double-click for the whole, shift-drag or the arrow keys to move, + and − to zoom;
 * by touch, swipe to move, pinch to zoom, double-tap for the whole. New data is put into the chart that is there, so
 * that live updates do not flicker.
 */
export function TimeChart(props: TimeChartProps): VNode {
  const { title, lines, range, unit, height = 300, onRange } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const [whole, setWhole] = useWhole(props.name);
  const content = { ...props, view: viewOfValues({ ...props, whole }) };
  const newest = useRef(content);
  newest.current = content;
  const beganMs = useRef(0);
  const shape = lines.map(({ label, band }) => [label, band !== undefined, band?.isUnsure].join())
    .join("|");

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
    beganMs.current = performance.now();
    if (plot.current !== undefined) updatePlot(plot.current, content);
  });

  const isSilent =
    props.intervals?.some(({ cause, fromMs, toMs }) =>
      cause === "noData" && fromMs < range.toMs && toMs > range.fromMs
    ) === true;
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
      <CutOffNote cutOff={content.view.cutOff} unit={unit} whole={whole} onWhole={setWhole} />
      <figcaption>
        {(lines.length > 1 || isSilent) && <Legend lines={lines} isSilent={isSilent} />}
        {onRange !== undefined && (
          <p>
            <span class="by-mouse">Drag to zoom, double-click for the whole, shift-drag to move.</span>
            <span class="by-touch">Swipe to move, pinch to zoom, double-tap for the whole.</span>
          </p>
        )}
        <ChartTable title={title} lines={lines} range={range} unit={unit} />
      </figcaption>
    </figure>
  );
}

/** What a chart takes to be drawn, for whoever observes it; the browser keeps the last one alone. */
function measureDraw(start: number, points: number): void {
  performance.clearMeasures("chart drawn");
  performance.measure("chart drawn", { start, end: performance.now(), detail: { points } });
}
