import type { TimeRange } from "../../zoom_range.ts";
import type { AskRange } from "./pan_zoom.ts";

/** Moves and zooms a chart: arrows, + and −, and 0 for the whole. */
export function moveByKey(
  event: KeyboardEvent,
  { range, onRange }: { readonly range: TimeRange; readonly onRange?: AskRange },
): void {
  const { fromMs, toMs } = range;
  const width = toMs - fromMs;
  const moves: Readonly<Record<string, readonly [number, number] | null>> = {
    ArrowLeft: [fromMs - width / 4, toMs - width / 4],
    ArrowRight: [fromMs + width / 4, toMs + width / 4],
    "+": [fromMs + width / 4, toMs - width / 4],
    "=": [fromMs + width / 4, toMs - width / 4],
    "-": [fromMs - width / 2, toMs + width / 2],
    "0": null,
  };
  if (!(event.key in moves) || onRange === undefined) return;
  event.preventDefault();
  const move = moves[event.key];
  onRange(move === null ? null : { fromMs: move[0], toMs: move[1] });
}
