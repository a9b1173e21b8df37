import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { type Cycle, readCycles } from "../../api/pipeline.ts";
import { isNothingNew } from "../../current_outages.ts";
import { useLive } from "../../live.ts";
import { Progress } from "./progress.tsx";

/** A cycle is told apart from the usual ones when it is the first, or takes as long as one. */
const LONG_MS = 15_000;

/** The cycle that brings the first results, or takes long, while it runs and its source is there to bring any. */
export function useFirstCycle(): Cycle | undefined {
  const everyMs = useRef(2_000);
  const answer = useLive("first-cycle", (signal) => readCycles(5, signal), everyMs.current);
  const [newest, ...older] = answer.value?.items ?? [];
  const isFirst = older.every(({ state }) => state !== "done");
  const isShown = answer.error === undefined && !isNothingNew() && newest?.state === "running" &&
    (isFirst || (answer.loadedAtMs ?? 0) - newest.startedAtMs > LONG_MS);
  everyMs.current = isShown || newest === undefined ? 2_000 : 10_000;
  return isShown ? newest : undefined;
}

/** How far that cycle is. */
export function FirstCycle({ cycle }: { readonly cycle: Cycle }): VNode {
  const { stage, done, total } = cycle.progress;
  return (
    <section class="panel under-way" aria-label="Cycle under way">
      {stage === "discover" ? <p role="status">A cycle is under way: finding the series …</p> : (
        <>
          <p role="status">
            {stage === "figures"
              ? "A cycle is under way: each series' past is read, described and forecast. Results show as they come."
              : "Every series has a first forecast; methods are now compared in full, a few series each cycle."}
          </p>
          <Progress
            key={stage}
            label={stage === "figures" ? "Series forecast" : "Methods chosen"}
            done={done}
            total={total}
            of={stage === "figures" ? "series" : "methods"}
          />
        </>
      )}
    </section>
  );
}
