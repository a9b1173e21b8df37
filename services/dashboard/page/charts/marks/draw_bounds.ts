import type uPlot from "uplot";
import type { Unit } from "../../../../shared/domain/units/unit.ts";
import { nameBound } from "../../format/bounds.ts";
import type { ChartLine } from "../data/chart_line.ts";
import type { Palette } from "../data/colours.ts";
import { spanShown } from "./marks.ts";
import { type Box, placeLabel } from "./place_label.ts";

/** A horizontal line with its name. */
export interface ChartBound {
  readonly label: string;
  readonly value: number;
}

/** Bounds, and the lines that their names should not cover. */
interface Bounded {
  readonly bounds?: readonly ChartBound[];
  readonly lines: readonly ChartLine[];
  readonly unit: Unit;
}

/** Height of a bound's name. */
const LABEL_PX = 14;

/** Places along its line where a bound's name may stand. */
const PLACES = 9;

/**
 * Draws horizontal bounds with their names, where these cover no line; one out of view is named at the edge it lies
 * beyond.
 */
export function drawBounds(u: uPlot, { bounds = [], lines, unit }: Bounded, palette: Palette): void {
  if (bounds.length === 0) return;
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const bottom = bbox.top + bbox.height;
  const named = bounds.map((bound) => ({
    lineY: u.valToPos(bound.value, "y", true),
    words: nameBound(bound, spanShown(u), unit),
  }));
  ctx.save();
  ctx.strokeStyle = palette.bound;
  ctx.lineWidth = ratio;
  ctx.setLineDash([5 * ratio, 4 * ratio]);
  for (const { lineY } of named) {
    if (lineY < bbox.top || lineY > bottom) continue;
    ctx.beginPath();
    ctx.moveTo(bbox.left, lineY);
    ctx.lineTo(bbox.left + bbox.width, lineY);
    ctx.stroke();
  }
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  const pieces = piecesOf(u, lines);
  const labels: Box[] = [];
  for (const { lineY, words } of named) {
    const text = lineY < bbox.top ? `↑ ${words}` : lineY > bottom ? `↓ ${words}` : words;
    const box = placeLabel({
      places: placesOf(u, { lineY, width: ctx.measureText(text).width + 6 * ratio }),
      pieces,
      labels,
    });
    // The ground shows around the letters, as a line may cross them all the same.
    ctx.globalAlpha = 0.8;
    ctx.fillStyle = palette.panel;
    ctx.fillRect(box.x, box.y, box.width, box.height);
    ctx.globalAlpha = 1;
    ctx.fillStyle = palette.bound;
    ctx.fillText(text, box.x + 3 * ratio, box.y + box.height / 2);
    labels.push(box);
  }
  ctx.restore();
}

/** Where a bound's name may stand: from the right end to the left, above its line rather than below. */
function placesOf(
  { bbox }: uPlot,
  { lineY, width }: { readonly lineY: number; readonly width: number },
): readonly Box[] {
  const [height, gap] = [LABEL_PX * devicePixelRatio, devicePixelRatio];
  const highest = bbox.top;
  const lowest = bbox.top + bbox.height - height;
  const inView = (y: number): number => Math.max(highest, Math.min(lowest, y));
  const heights = [...new Set([inView(lineY - gap - height), inView(lineY + gap)])];
  return Array.from({ length: PLACES }, (_, k) => bbox.left + (1 - k / (PLACES - 1)) * (bbox.width - width))
    .flatMap((x) => heights.map((y) => ({ x, y, width, height })));
}

/** What each piece of the lines spans, from one value to the next, without their bands. */
function piecesOf(u: uPlot, lines: readonly ChartLine[]): readonly Box[] {
  return lines.flatMap(({ track: { timesMs, values } }) => {
    const at = (i: number) => [
      u.valToPos(timesMs[i] / 1000, "x", true),
      u.valToPos(values[i] ?? 0, "y", true),
    ];
    return values.flatMap((value, i): Box[] => {
      if (value === null) return [];
      const [x, y] = at(i);
      const [toX, toY] = (values[i + 1] ?? null) === null ? [x, y] : at(i + 1);
      return [{ x, y: Math.min(y, toY), width: toX - x, height: Math.abs(toY - y) }];
    });
  });
}
