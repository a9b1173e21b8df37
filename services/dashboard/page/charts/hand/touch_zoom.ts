import type uPlot from "uplot";
import type { AskRange } from "./pan_zoom.ts";
import { type Finger, type Span, spanUnder } from "./span_under.ts";

/** A finger that moves less than this only touches. */
const TAP_PX = 10;

/** Two touches within so long are one double tap. */
const DOUBLE_TAP_MS = 350;

/** One finger moves along the axis, two zoom, a double tap shows the whole; up and down the page scrolls as ever. */
export function touchZoom(ask: AskRange): uPlot.Plugin {
  return {
    hooks: {
      ready: (u) => {
        const { over } = u;
        over.style.touchAction = "pan-y";
        const fingers = new Map<number, Finger>();
        let before: Span = { min: 0, max: 1 };
        let [startPx, lastTapMs, moves] = [0, -Infinity, false];
        const pxOf = (event: PointerEvent): number => event.clientX - over.getBoundingClientRect().left;
        const hold = (id: number, px: number): void =>
          void fingers.set(id, { px, value: u.posToVal(px, "x") });
        const onTouch = (type: string, act: (event: PointerEvent) => void): void =>
          over.addEventListener(type, (event) => {
            if (event instanceof PointerEvent && event.pointerType === "touch") act(event);
          });

        onTouch("pointerdown", (event) => {
          const px = pxOf(event);
          if (fingers.size === 0) [before, startPx, moves] = [spanOf(u), px, false];
          for (const [id, finger] of fingers) hold(id, finger.px);
          hold(event.pointerId, px);
        });
        onTouch("pointermove", (event) => {
          const finger = fingers.get(event.pointerId);
          if (finger === undefined) return;
          const px = pxOf(event);
          fingers.set(event.pointerId, { ...finger, px });
          moves ||= fingers.size > 1 || Math.abs(px - startPx) > TAP_PX;
          if (moves) u.setScale("x", spanUnder([...fingers.values()], spanOf(u), over.clientWidth));
        });
        onTouch("pointerup", (event) => {
          if (!fingers.delete(event.pointerId)) return;
          for (const [id, { px }] of fingers) hold(id, px);
          if (fingers.size > 0) return;
          if (moves) {
            const { min, max } = spanOf(u);
            ask({ fromMs: min * 1000, toMs: max * 1000 });
          } else if (event.timeStamp - lastTapMs < DOUBLE_TAP_MS) ask(null);
          lastTapMs = moves ? -Infinity : event.timeStamp;
        });
        // The page scrolls instead.
        onTouch("pointercancel", () => {
          if (moves && fingers.size > 0) u.setScale("x", before);
          fingers.clear();
        });
      },
    },
  };
}

function spanOf(u: uPlot): Span {
  const { min = 0, max = 1 } = u.scales.x;
  return { min, max };
}
