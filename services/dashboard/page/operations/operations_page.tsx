import type { VNode } from "preact";
import { CyclesPanel } from "./cycles_panel.tsx";
import { DeadLettersPanel } from "./dead_letters_panel.tsx";
import { ElsewherePanel } from "./elsewhere_panel.tsx";
import { ReadinessPanel } from "./readiness_panel.tsx";
import { StoragePanel } from "./storage_panel.tsx";
import { TimingsPanel } from "./timings_panel.tsx";

/** How the pipeline does. */
export function OperationsPage(): VNode {
  return (
    <main>
      <h1>Operations</h1>
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
