import type { Box } from "./place_label.ts";

/** What of a plot a label may stand in, and the line that it names; all in px of the canvas. */
export interface LabelRoom {
  /** The part of the canvas that shows the data. */
  readonly plot: Box;
  readonly lineY: number;
  /** Of the label. */
  readonly width: number;
  readonly height: number;
  /** Between the label and its line. */
  readonly gap: number;
  /** Between one place and the next: so small that a label finds its way between two bursts. */
  readonly step: number;
}

/** Where the name of a horizontal line may stand: from the right end to the left, above it rather than below. */
export function labelPlaces({ plot, lineY, width, height, gap, step }: LabelRoom): readonly Box[] {
  const lowest = plot.y + plot.height - height;
  const inView = (y: number): number => Math.max(plot.y, Math.min(lowest, y));
  const heights = [...new Set([inView(lineY - gap - height), inView(lineY + gap)])];
  const count = Math.max(1, Math.floor((plot.width - width) / step) + 1);
  return Array.from({ length: count }, (_, k) => plot.x + plot.width - width - k * step)
    .flatMap((x) => heights.map((y) => ({ x, y, width, height })));
}
