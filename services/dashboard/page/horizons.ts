import { readDuration } from "../../shared/domain/units/duration_text.ts";
import { formatSpan } from "./format/time.ts";

/** What can be asked beyond what the services look ahead by themselves. */
const FURTHER: readonly string[] = ["1h", "4h", "24h"];

/** What a young series can be asked for before it can for that, the farthest first. */
export const NEARER: readonly string[] = ["5m", "3m", "2m", "1m"];

/**
 * How far ahead can be asked, by what a link says of it: first, without a word, as far as the services look by
 * themselves (`nearMs`, which their answers tell), then further; before them a nearer one while it is `chosen`.
 */
export function horizonChoices(
  nearMs: number | undefined,
  chosen = "",
): readonly (readonly [value: string, words: string])[] {
  const further = FURTHER.filter((horizon) => nearMs === undefined || readDuration(horizon) > nearMs);
  const nearer = NEARER.filter((horizon) => horizon === chosen);
  return [
    ...nearer.map((horizon) => [horizon, formatSpan(readDuration(horizon))] as const),
    ["", nearMs === undefined ? "…" : formatSpan(nearMs)],
    ...further.map((horizon) => [horizon, formatSpan(readDuration(horizon))] as const),
  ];
}

/** The length of a horizon as a link says it, ms; of one that is none of the choices, nothing. */
export function horizonMsOf(horizon: string, nearMs: number | undefined): number | undefined {
  return horizon === ""
    ? nearMs
    : [...NEARER, ...FURTHER].includes(horizon)
    ? readDuration(horizon)
    : undefined;
}

/** What stands where the answer for a horizon will be. */
export function describeWorking(horizon: string, nearMs: number | undefined): string {
  const horizonMs = horizonMsOf(horizon, nearMs);
  return horizonMs === undefined
    ? "Working it out …"
    : `Working it out for the next ${formatSpan(horizonMs)} …`;
}
