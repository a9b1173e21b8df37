import type { VNode } from "preact";
import { type Cycle, readCycles } from "../../api/pipeline.ts";
import { isSourceDown } from "../../current_outages.ts";
import { useLive } from "../../live.ts";
import { Ago } from "../words/time.tsx";

/** Why no series is there to be shown, and what is done about it. */
export function NoSeries(): VNode {
  const [newest] = useLive("no-series", (signal) => readCycles(1, signal), 2_000).value?.items ?? [];
  return (
    <p class="empty" role="status">
      {isSourceDown()
        ? "No series yet: their source can't be read."
        : newest?.state === "done"
        ? <Found cycle={newest} />
        : newest?.state === "failed"
        ? "No series yet: the newest cycle failed, and is tried again."
        : "No series yet: a cycle is looking for them, and reads what they were. This page follows."}
    </p>
  );
}

/** What a cycle found that is over. */
function Found({ cycle }: { readonly cycle: Cycle }): VNode {
  const { found, kept, endedAtMs } = cycle;
  if (kept > 0) return <>{kept} series were found; they are being stored. This page follows.</>;
  return (
    <>
      {found === 0 ? "No series found" : `${found} series found, none with enough samples yet`}: the newest
      look was <Ago atMs={endedAtMs} />. The next one comes within seconds; this page follows.
    </>
  );
}
