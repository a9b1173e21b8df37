import type { VNode } from "preact";
import { serviceNowMs } from "../../clock.ts";
import { formatAgo, formatTime, formatUtc } from "../../format/time.ts";

/** A point in time: the viewer's zone, UTC on hover. */
export function Time({ atMs }: { readonly atMs: number | null | undefined }): VNode {
  if (atMs === null || atMs === undefined) return <span>–</span>;
  return <time dateTime={new Date(atMs).toISOString()} title={formatUtc(atMs)}>{formatTime(atMs)}</time>;
}

/** How long ago something was. */
export function Ago({ atMs }: { readonly atMs: number | null | undefined }): VNode {
  if (atMs === null || atMs === undefined) return <span>never</span>;
  const agoMs = serviceNowMs() - atMs;
  return (
    <time dateTime={new Date(atMs).toISOString()} title={`${formatTime(atMs)} · ${formatUtc(atMs)}`}>
      {formatAgo(agoMs)}
    </time>
  );
}
