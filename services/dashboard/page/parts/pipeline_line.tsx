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
  const lag = storage.value?.lag.reduce((sum, partition) => sum + partition.lag, 0);
  const broken = cycles.error ?? storage.error;
  return (
    <p class={`pipeline ${broken === undefined ? "" : "pipeline-broken"}`} role="status">
      <a href={linkTo("operations")}>Pipeline</a>:{" "}
      {cycle === undefined ? "no cycle yet" : <CycleWords cycle={cycle} />}
      {lag !== undefined && ` · lag ${lag}`}
      {storage.value !== undefined && ` · dead letters ${storage.value.deadLetters}`}
      {broken !== undefined && ` · ${broken.message}`}
    </p>
  );
}

function CycleWords({ cycle }: { readonly cycle: Cycle }): VNode {
  const { finishedAtMs, progress, kept } = cycle;
  if (finishedAtMs !== null) {
    return (
      <>
        last cycle <Ago atMs={finishedAtMs} />, {kept} series
      </>
    );
  }
  return <>cycle running{progress !== undefined && `, ${progress.done} of ${progress.total} series`}</>;
}
