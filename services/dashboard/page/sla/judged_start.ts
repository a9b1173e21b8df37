/** An axis that is shorter tells little. */
const LEAST_MS = 60_000;

/** What tells when judging began within a window. */
interface Judged {
  readonly fromMs: number;
  readonly toMs: number;
  readonly judgedFromMs: number | null;
}

/** Where a chart of the window begins: at its start, or where judging began if that is much later. */
export function judgedStartMs({ fromMs, toMs, judgedFromMs }: Judged): number {
  if (judgedFromMs === null || judgedFromMs < (fromMs + toMs) / 2) return fromMs;
  return Math.min(judgedFromMs, toMs - LEAST_MS);
}
