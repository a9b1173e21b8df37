import type { VNode } from "preact";
import { Panel } from "../parts/panel.tsx";
import { CyclesPanel } from "./cycles_panel.tsx";
import { DeadLettersPanel } from "./dead_letters_panel.tsx";
import { ReadinessPanel } from "./readiness_panel.tsx";
import { StoragePanel } from "./storage_panel.tsx";
import { TimingsPanel } from "./timings_panel.tsx";

/** Where each service's own API is described. */
const DOCS = [
  ["docs", "All services"],
  ["etl/docs", "ETL data pipeline"],
  ["storage/docs", "Data storage"],
  ["retrieval/docs", "Data retrieval"],
  ["sla/docs", "SLA manager"],
] as const;

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
      <Panel title="Elsewhere">
        <ul class="links">
          {DOCS.map(([href, title]) => (
            <li key={href}>
              <a href={href}>API of {title}</a>
            </li>
          ))}
          <li>
            <a href="metrics">Metrics for Prometheus</a>
          </li>
        </ul>
      </Panel>
    </main>
  );
}
