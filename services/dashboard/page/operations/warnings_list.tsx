import type { VNode } from "preact";
import type { Cycles } from "../api/pipeline.ts";
import { Ago, Time } from "../parts/words/time.tsx";
import { type GroupedWarning, groupWarnings } from "./group_warnings.ts";

/** What the cycles warn of, each warning once. */
export function WarningsList({ cycles: { items, nextCursor } }: { readonly cycles: Cycles }): VNode | null {
  const warnings = groupWarnings(items);
  if (warnings.length === 0) return null;
  // What the oldest of them said, those before may have said as well.
  const oldestMs = nextCursor === null ? undefined : items.at(-1)?.startedAtMs;
  return (
    <ul class="warnings" aria-label="Warnings">
      {warnings.map((warning) => (
        <li key={warning.text} class={`notice ${warning.current ? "notice-stale" : ""}`}>
          <p>{warning.text}</p>
          <p class="hint">
            <When warning={warning} isOlder={warning.sinceMs === oldestMs} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function When(
  { warning, isOlder }: { readonly warning: GroupedWarning; readonly isOlder: boolean },
): VNode {
  const { cycles, sinceMs, lastMs, current, varies } = warning;
  if (cycles === 1) {
    return (
      <>
        {current ? "Said by the newest cycle" : (
          <>
            Said by one cycle, <Ago atMs={lastMs} />
          </>
        )}.
      </>
    );
  }
  return (
    <>
      Said by {cycles} cycles since <Time atMs={sinceMs} />
      {isOlder && " or longer"}
      {!current && (
        <>
          , last <Ago atMs={lastMs} />
        </>
      )}
      {varies && "; the figures are of the newest of them"}.
    </>
  );
}
