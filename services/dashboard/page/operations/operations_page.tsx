import type { VNode } from "preact";
import { readBudgets } from "../api/slas.ts";
import { useTitle } from "../arrival.ts";
import { useLive } from "../live.ts";
import { FirstCycle, useFirstCycle } from "../parts/progress/first_cycle.tsx";
import { SlasPast } from "../parts/progress/slas_past.tsx";
import { CyclesPanel } from "./cycles_panel.tsx";
import { DeadLettersPanel } from "./dead_letters_panel.tsx";
import { ElsewherePanel } from "./elsewhere_panel.tsx";
import { ReadinessPanel } from "./readiness_panel.tsx";
import { StoragePanel } from "./storage_panel.tsx";
import { TimingsPanel } from "./timings_panel.tsx";

/** How the pipeline does. */
export function OperationsPage(): VNode {
  useTitle("Operations");
  const cycle = useFirstCycle();
  const budgets = useLive("budgets", readBudgets, 15_000);
  return (
    <main>
      <h1>Operations</h1>
      {cycle !== undefined && <FirstCycle cycle={cycle} />}
      <SlasPast budgets={budgets.value ?? []} />
      <ReadinessPanel />
      <div class="columns">
        <CyclesPanel />
        <StoragePanel />
      </div>
      <TimingsPanel />
      <DeadLettersPanel />
      <ElsewherePanel />
    </main>
  );
}
