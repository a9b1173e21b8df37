import type uPlot from "uplot";
import type { Palette } from "../data/colours.ts";
import type { ShadedStretch } from "../data/shaded_stretch.ts";

/** Height of the edge above a shaded stretch. */
const EDGE_PX = 3;

/** Dashes of the edge above a hatched one, and the gaps between. */
const DASH_PX = 4;

/** Shades stretches of time behind the lines, with an edge above: the shade of a short one is hardly seen. */
export function shadeIntervals(
  u: uPlot,
  intervals: readonly ShadedStretch[],
  { palette, hatching }: { readonly palette: Palette; readonly hatching: CanvasPattern | null },
): void {
  const { ctx, bbox } = u;
  ctx.save();
  for (const { fromMs, toMs, cause } of intervals) {
    const left = Math.max(bbox.left, u.valToPos(fromMs / 1000, "x", true));
    const right = Math.min(bbox.left + bbox.width, u.valToPos(toMs / 1000, "x", true));
    if (right <= left) continue;
    const width = Math.max(2 * devicePixelRatio, right - left);
    const isSilent = cause === "noData";
    ctx.fillStyle = isSilent ? hatching ?? palette.violation : palette.violation;
    ctx.fillRect(left, bbox.top, width, bbox.height);
    const edge = EDGE_PX * devicePixelRatio;
    ctx.strokeStyle = palette.bound;
    ctx.lineWidth = edge;
    ctx.setLineDash(isSilent ? [DASH_PX * devicePixelRatio, DASH_PX * devicePixelRatio] : []);
    ctx.beginPath();
    ctx.moveTo(left, bbox.top + edge / 2);
    ctx.lineTo(left + width, bbox.top + edge / 2);
    ctx.stroke();
  }
  ctx.restore();
}
