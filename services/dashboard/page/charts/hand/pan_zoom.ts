import type uPlot from "uplot";

/** Asks for another part of the axis; `null` is back to the whole. */
export type AskRange = (range: { readonly fromMs: number; readonly toMs: number } | null) => void;

/** Double-click shows the whole, shift-drag moves along the axis. */
export function panAndZoom(ask: AskRange): uPlot.Plugin {
  return {
    hooks: {
      ready: (u) => {
        u.over.addEventListener("dblclick", () => ask(null));
        // Before uPlot's own listener, which would begin to select.
        u.over.parentElement!.addEventListener("mousedown", (down) => {
          if (!down.shiftKey || down.button !== 0) return;
          down.preventDefault();
          down.stopPropagation();
          const { min = 0, max = 0 } = u.scales.x as { min?: number; max?: number };
          const perPixel = (max - min) / u.over.clientWidth;
          let shift = 0;
          const move = (event: MouseEvent) => {
            shift = (down.clientX - event.clientX) * perPixel;
            u.setScale("x", { min: min + shift, max: max + shift });
          };
          const up = () => {
            document.removeEventListener("mousemove", move);
            document.removeEventListener("mouseup", up);
            if (shift !== 0) ask({ fromMs: (min + shift) * 1000, toMs: (max + shift) * 1000 });
          };
          document.addEventListener("mousemove", move);
          document.addEventListener("mouseup", up);
        }, { capture: true });
      },
    },
  };
}
