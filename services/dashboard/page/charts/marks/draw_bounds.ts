import type uPlot from "uplot";
import type { Unit } from "../../../../shared/domain/units/unit.ts";
import { nameBound } from "../../format/bounds.ts";
import type { ChartLine } from "../data/chart_line.ts";
import type { Palette } from "../data/colours.ts";
import { labelPlaces } from "./label_places.ts";
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

/** Between two places along its line where a bound's name may stand. */
const PLACE_PX = 4;

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
    const arrow = lineY < bbox.top ? "↑ " : lineY > bottom ? "↓ " : "";
    // The sign alone finds room where the whole name does not.
    const texts = [...new Set([words, words.replace(/^bound /, "")])].map((text) => arrow + text);
    const { text, ...box } = placeLabel({
      places: texts.flatMap((text) =>
        labelPlaces({
          plot: { x: bbox.left, y: bbox.top, width: bbox.width, height: bbox.height },
          lineY,
          width: ctx.measureText(text).width + 6 * ratio,
          height: LABEL_PX * ratio,
          gap: ratio,
          step: PLACE_PX * ratio,
        }).map((place) => ({ ...place, text }))
      ),
      pieces,
      labels,
    });
    // Where lines are everywhere, the name hides the piece that it would be unreadable on.
    ctx.fillStyle = palette.panel;
    ctx.fillRect(box.x, box.y, box.width, box.height);
    ctx.fillStyle = palette.bound;
    ctx.fillText(text, box.x + 3 * ratio, box.y + box.height / 2);
    labels.push(box);
  }
  ctx.restore();
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
