/** Distance of the strokes. */
const STRIDE_PX = 7;

/** Thin strokes of a colour for what must not look as solid as the rest; `null` where the canvas has no patterns. */
export function hatch(colour: string): CanvasPattern | null {
  const size = Math.round(STRIDE_PX * devicePixelRatio);
  const tile = document.createElement("canvas");
  [tile.width, tile.height] = [size, size];
  const context = tile.getContext("2d");
  if (context === null) return null;
  context.strokeStyle = colour;
  context.globalAlpha = 0.45;
  context.lineWidth = devicePixelRatio;
  // Beyond the corners, where the strokes of neighbouring tiles meet.
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift - 1, size + 1);
    context.lineTo(shift + size + 1, -1);
  }
  context.stroke();
  return context.createPattern(tile, "repeat");
}
