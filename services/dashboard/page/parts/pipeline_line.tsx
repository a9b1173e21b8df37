import type { VNode } from "preact";
import { type Cycle, readCycles, readStorage } from "../api/pipeline.ts";
import { useLive } from "../live.ts";
import { linkTo } from "../route.ts";
import { Ago } from "./time.tsx";

/** The pipeline's health in one line: the last cycle, how far storage is behind, what it could not read. */
export function PipelineLine(): VNode {
  const cycles = useLive("line-cycles", (signal) => readCycles(1, signal), 10_000);
  const storage = useLive("line-storage", readStorage, 10_000);
  const cycle = cycles.value?.items[0];
  const broken = cycles.error ?? storage.error;
  return (
    <p class={`pipeline ${broken === undefined ? "" : "pipeline-broken"}`} role="status">
      <a href={linkTo("operations")}>Pipeline</a>:{" "}
      {cycle === undefined ? "no cycle yet" : <CycleWords cycle={cycle} />}
      {storage.value !== undefined &&
        ` · lag ${storage.value.lagTotal} · dead letters ${storage.value.deadLetters}`}
      {broken !== undefined && ` · ${broken.message}`}
    </p>
  );
}

function CycleWords({ cycle }: { readonly cycle: Cycle }): VNode {
  const { endedAtMs, state, kept, found, published } = cycle;
  if (endedAtMs === null) return <>cycle running, {published.forecast} of {found} series forecast</>;
  if (state === "failed") {
    return (
      <>
        last cycle failed <Ago atMs={endedAtMs} />
      </>
    );
  }
  return (
    <>
      last cycle <Ago atMs={endedAtMs} />, {kept} series
    </>
  );
}
