import { readDuration } from "../../shared/domain/units/duration_text.ts";

/** How far ahead can be asked, by what a link says of it; without it, as far as the services look by themselves. */
export const HORIZONS = [["", "10 min"], ["1h", "1 h"], ["4h", "4 h"], ["24h", "24 h"]] as const;

/** The length of a horizon as a link says it, ms; of one that is none of the choices, nothing. */
export function horizonMsOf(horizon: string): number | undefined {
  return HORIZONS.some(([value]) => value === horizon) ? readDuration(horizon || "10m") : undefined;
}

/** What stands where the answer for a horizon will be. */
export function describeWorking(horizon: string): string {
  const words = HORIZONS.find(([value]) => value === horizon)?.[1];
  return words === undefined ? "Working it out …" : `Working it out for the next ${words} …`;
}
