import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { formatSpan } from "../../format/time.ts";

interface ProgressProps {
  /** What is under way, for those who can't see the bar. */
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** What is counted: "series". */
  readonly of: string;
}

/** A rate from less time than this would jump. */
const RATE_AFTER_MS = 2_000;

/** How far something is, how fast it goes, and how long it will take at that rate. */
export function Progress({ label, done, total, of }: ProgressProps): VNode {
  const perSecond = useRate(done);
  const left = perSecond === undefined || done >= total
    ? ""
    : `, ${Number(perSecond.toPrecision(2))} ${of}/s, about ${
      formatSpan((total - done) / perSecond * 1_000)
    } left`;
  return (
    <div class="progress">
      <progress aria-label={label} max={Math.max(1, total)} value={done} />
      <span>{done} of {total} {of}{left}</span>
    </div>
  );
}

/** As this page saw it, so that a clock that differs from the service's does not matter. */
function useRate(done: number): number | undefined {
  const first = useRef<{ readonly atMs: number; readonly done: number } | undefined>(undefined);
  if (first.current === undefined || done < first.current.done) {
    first.current = { atMs: performance.now(), done };
    return undefined;
  }
  const elapsedMs = performance.now() - first.current.atMs;
  const gained = done - first.current.done;
  return elapsedMs < RATE_AFTER_MS || gained === 0 ? undefined : gained / elapsedMs * 1_000;
}
