/**
 * The grid steps of a trailing window, up to and with the one that `nowMs` is in: half-open, and at least that one.
 */
export function trailingRange(
  nowMs: number,
  { windowMs, stepMs }: { readonly windowMs: number; readonly stepMs: number },
): { readonly fromMs: number; readonly toMs: number } {
  const newestMs = Math.floor(nowMs / stepMs) * stepMs;
  const toMs = newestMs + stepMs;
  return { fromMs: Math.min(newestMs, Math.ceil((toMs - windowMs) / stepMs) * stepMs), toMs };
}
