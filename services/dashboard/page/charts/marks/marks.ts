import type uPlot from "uplot";
import type { ChartLine } from "../data/chart_line.ts";
import type { Palette } from "../data/colours.ts";

/** The part of the value axis that a plot shows. */
export function spanShown(u: uPlot): [low: number, high: number] {
  const { min = 0, max = 1 } = u.scales.y;
  return [min, max];
}

/** Draws where the past ends. */
export function drawNow(u: uPlot, nowMs: number | undefined, palette: Palette): void {
  if (nowMs === undefined) return;
  const { ctx, bbox } = u;
  const x = u.valToPos(nowMs / 1000, "x", true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = palette.muted;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

/** Width of the sign at the edge that a line leaves, and the least distance of two. */
const SIGN_PX = 8;

/** Marks where a line leaves the chart, by a sign at the edge in its colour. */
export function drawCutOff(u: uPlot, lines: readonly ChartLine[], palette: Palette): void {
  const { ctx, bbox } = u;
  const [low, high] = spanShown(u);
  const size = SIGN_PX * devicePixelRatio;
  ctx.save();
  for (const { track: { timesMs, values }, colour } of lines) {
    ctx.fillStyle = palette[colour];
    let lastX = -Infinity;
    values.forEach((value, i) => {
      if (value === null || (value <= high && value >= low)) return;
      const x = u.valToPos(timesMs[i] / 1000, "x", true);
      if (x < bbox.left || x > bbox.left + bbox.width || x - lastX < size) return;
      lastX = x;
      const [edge, tip] = value > high
        ? [bbox.top + size, bbox.top]
        : [bbox.top + bbox.height - size, bbox.top + bbox.height];
      ctx.beginPath();
      ctx.moveTo(x - size / 2, edge);
      ctx.lineTo(x, tip);
      ctx.lineTo(x + size / 2, edge);
      ctx.fill();
    });
  }
  ctx.restore();
}
