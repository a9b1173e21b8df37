import type { Palette } from "../data/colours.ts";

/** Reads the colours of the theme in force from the style sheet, so that both themes stay in one place. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    panel: colour("panel"),
    text: colour("text"),
    muted: colour("muted"),
    grid: colour("grid"),
    history: colour("history"),
    forecast: colour("forecast"),
    band: colour("forecast-band"),
    past: colour("past"),
    pastBand: colour("past-band"),
    bound: colour("violated"),
    violation: colour("violation-band"),
  };
}

/** Calls back when the viewer's preference between light and dark changes; returns the end of it. */
export function onThemeChange(changed: () => void): () => void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", changed);
  return () => dark.removeEventListener("change", changed);
}
