import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { type Cycle, readCycles } from "../../api/pipeline.ts";
import { isNothingNew } from "../../current_outages.ts";
import { useLive } from "../../live.ts";
import { findFirstCycle } from "./find_first_cycle.ts";
import { Progress } from "./progress.tsx";

/** The cycle that brings the first results, while it runs and its source is there to bring any. */
export function useFirstCycle(): Cycle | undefined {
  const everyMs = useRef(2_000);
  const answer = useLive("first-cycle", (signal) => readCycles(1, signal), everyMs.current);
  const first = answer.value !== undefined && answer.error === undefined && !isNothingNew()
    ? findFirstCycle(answer.value)
    : undefined;
  everyMs.current = first !== undefined || !answer.value?.items.length ? 2_000 : 10_000;
  return first;
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
