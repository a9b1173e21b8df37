/** What tells when judging began within a window. */
interface Judged {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
  readonly judgedFromMs: number | null;
}

/** Where a chart of the window begins: at its start, or shortly before judging began where that is much later. */
export function judgedStartMs({ fromMs, toMs, stepMs, judgedFromMs }: Judged): number {
  if (judgedFromMs === null || judgedFromMs < (fromMs + toMs) / 2) return fromMs;
  return Math.max(fromMs, toMs - Math.max(1.05 * (toMs - judgedFromMs), 2 * stepMs));
}
