import { serviceNowMs } from "../clock.ts";

/**
 * How long a violation has lasted, ms. It is told by whole steps: the last of them may still be under way, and what is
 * to come of it has not lasted yet.
 */
export function lastedMs(
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  nowMs: number = serviceNowMs(),
): number {
  return Math.max(0, Math.min(toMs, nowMs) - fromMs);
}
