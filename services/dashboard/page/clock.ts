/**
 * What the services' clock is ahead of the viewer's, ms; as long as nothing was heard, both are taken for the same.
 */
let aheadMs = 0;
let heard = false;

/** A `Date` header tells whole seconds: an answer that agrees this well brings nothing new. */
const AGREES_MS = 2_000;

/**
 * Now as the services have it, epoch ms: what they date is compared with this and never with the viewer's own clock,
 * which may be off by hours.
 */
export function serviceNowMs(): number {
  return Date.now() + aheadMs;
}

/** Learns from the `Date` header of an answer that has just come what time it is there. */
export function hearServiceTime(date: string | null): void {
  const toldMs = Date.parse(date ?? "");
  if (Number.isNaN(toldMs)) return;
  // Half a second: where within it the answer was written, the header does not say.
  const foundMs = toldMs + 500 - Date.now();
  if (heard && Math.abs(foundMs - aheadMs) < AGREES_MS) return;
  // A viewer whose clock is right keeps it: it is finer than the header.
  aheadMs = Math.abs(foundMs) < AGREES_MS ? 0 : foundMs;
  heard = true;
}
