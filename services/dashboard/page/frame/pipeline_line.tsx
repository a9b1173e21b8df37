import type { VNode } from "preact";
import { type Cycle, readCycles, readStorage } from "../api/pipeline.ts";
import { outages } from "../current_outages.ts";
import { progressWords } from "../format/progress.ts";
import { useLive } from "../live.ts";
import { linkTo } from "../route.ts";
import { Ago } from "../parts/words/time.tsx";

/** The pipeline's health in one line: the last cycle, how far storage is behind, what it could not read. */
export function PipelineLine(): VNode {
  const cycles = useLive("line-cycles", (signal) => readCycles(1, signal), 10_000);
  const storage = useLive("line-storage", readStorage, 10_000);
  const cycle = cycles.value?.items[0];
  const broken = cycles.error ?? storage.error;
  const isBroken = broken !== undefined || cycle?.state === "failed";
  return (
    <p class={`pipeline ${isBroken ? "pipeline-broken" : ""}`} role="status">
      <a href={linkTo("operations")}>Pipeline</a>:{" "}
      {cycle !== undefined ? <CycleWords cycle={cycle} /> : cycles.value === undefined ? "…" : "no cycle yet"}
      {storage.value !== undefined && (
        <>
          <Count of="lag" title="Messages that storage has not read yet" count={storage.value.lagTotal} />
          <Count
            of="dead letters"
            title="Messages that could not be read"
            count={storage.value.deadLetters}
          />
        </>
      )}
      {broken !== undefined && outages.value.length === 0 && ` · ${broken.message}`}
    </p>
  );
}

/** A count that calls for somebody unless it is zero; where there is little room, it is shown only then. */
function Count(
  { of, title, count }: { readonly of: string; readonly title: string; readonly count: number },
): VNode {
  return (
    <span class={count === 0 ? "calm" : ""} title={title}>
      {` · ${of}\u00a0${count.toLocaleString("en-US")}`}
    </span>
  );
}

function CycleWords({ cycle }: { readonly cycle: Cycle }): VNode {
  const { endedAtMs, state, kept, progress } = cycle;
  if (endedAtMs === null) return <>cycle running, {progressWords(progress)}</>;
  if (state === "failed") {
    return (
      <>
        <span aria-hidden="true">✕</span> last cycle failed <Ago atMs={endedAtMs} />
      </>
    );
  }
  return (
    <>
      last cycle <Ago atMs={endedAtMs} />
      <span class="calm">, {kept} series</span>
    </>
  );
}
