import type { Outage } from "./find_outages.ts";

/**
 * A reason without what is told at the top of the page; `undefined` where nothing else is in it.
 *
 * @param told What is told there.
 */
export function withoutTold(reason: string, told: readonly Pick<Outage, "reason">[]): string | undefined {
  const part = told.find((outage) => outage.reason !== undefined && reason.includes(outage.reason))?.reason;
  if (part === undefined) return reason;
  return reason.trim() === part.trim() ? undefined : reason.replace(part, "the reason is at the top");
}
