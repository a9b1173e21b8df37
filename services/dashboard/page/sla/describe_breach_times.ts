import type { SlaPrediction } from "../api/slas.ts";
import { formatLength, formatSpan } from "../format/time.ts";

/**
 * By when a violation has which probability: "10 % within the next 3 min, 50 % within 8 min"; `null` where it never
 * has as much. Shares that fall into the same minute are told finer, and those that are reached at once by the
 * greatest.
 */
export function describeBreachTimes(
  { p10, p50, p90 }: SlaPrediction["timeToBreachMs"],
): string | null {
  const told = ([["10 %", p10], ["50 %", p50], ["90 %", p90]] as const)
    .filter((one): one is ["10 %" | "50 %" | "90 %", number] => one[1] !== null)
    .filter(([, timeMs], k, all) => timeMs !== all[k + 1]?.[1]);
  if (told.length === 0) return null;
  const isApart = new Set(told.map(([, timeMs]) => formatSpan(timeMs))).size === told.length;
  return told.map(([share, timeMs]) => ({
    share,
    time: timeMs === 0 ? null : (isApart ? formatSpan : formatLength)(timeMs),
  }))
    .filter(({ time }, k, all) => time !== all[k + 1]?.time)
    .map(({ share, time }, k) =>
      `${share} ${time === null ? "at once" : `within ${k === 0 ? "the next " : ""}${time}`}`
    )
    .join(", ");
}
