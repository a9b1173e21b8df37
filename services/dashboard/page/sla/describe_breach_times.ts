import { serviceNowMs } from "../clock.ts";
import { formatBy, formatLength, formatSpan } from "../format/time.ts";
import { type BreachIn, breachIn, type BreachTimes } from "./breach_in.ts";

/**
 * By when a violation has which probability, counted from now: "10 % within the next 3 min (by 17:47), 50 % within
 * 8 min (by 17:52)"; `null` where it never has as much. Shares that fall into the same minute are told finer, and those
 * that are reached at the same time by the greatest, as are those whose time has come.
 */
export function describeBreachTimes(times: BreachTimes, nowMs: number = serviceNowMs()): string | null {
  const told = ([["10 %", "p10"], ["50 %", "p50"], ["90 %", "p90"]] as const)
    .map(([share, name]) => ({ share, breach: breachIn(times, name, nowMs) }))
    .filter((one): one is { share: typeof one.share; breach: BreachIn } => one.breach !== null)
    .filter(({ breach }, k, all) => breach.inMs !== all[k + 1]?.breach.inMs);
  if (told.length === 0) return null;
  const isApart = new Set(told.map(({ breach }) => formatSpan(breach.inMs))).size === told.length;
  const format = isApart ? formatSpan : formatLength;
  return told.map(({ share, breach: { inMs, atMs } }) => ({
    share,
    time: inMs === 0 ? null : format(inMs),
    by: formatBy(atMs, nowMs),
  }))
    .filter(({ time }, k, all) => time !== all[k + 1]?.time)
    .map(({ share, time, by }, k) =>
      time === null ? `${share} by now` : `${share} within ${k === 0 ? "the next " : ""}${time} (${by})`
    )
    .join(", ");
}
