import type { VNode } from "preact";
import { formatSpan, formatTime, formatUtc } from "../format/time.ts";

/** A point in time: the viewer's zone, UTC on hover. */
export function Time({ atMs }: { readonly atMs: number | null | undefined }): VNode {
  if (atMs === null || atMs === undefined) return <span>–</span>;
  return <time dateTime={new Date(atMs).toISOString()} title={formatUtc(atMs)}>{formatTime(atMs)}</time>;
}

/** How long ago something was. */
export function Ago({ atMs }: { readonly atMs: number | null | undefined }): VNode {
  if (atMs === null || atMs === undefined) return <span>never</span>;
  return (
    <time dateTime={new Date(atMs).toISOString()} title={`${formatTime(atMs)} · ${formatUtc(atMs)}`}>
      {Date.now() - atMs < 1_000 ? "just now" : `${formatSpan(Date.now() - atMs)} ago`}
    </time>
  );
}
