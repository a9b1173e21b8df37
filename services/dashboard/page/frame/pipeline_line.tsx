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
          {" "}· <span title="Messages that storage has not read yet">lag {storage.value.lagTotal}</span> ·
          {" "}
          <span title="Messages that could not be read">dead letters {storage.value.deadLetters}</span>
        </>
      )}
      {broken !== undefined && outages.value.length === 0 && ` · ${broken.message}`}
    </p>
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
      last cycle <Ago atMs={endedAtMs} />, {kept} series
    </>
  );
}
