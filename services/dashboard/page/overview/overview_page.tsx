import type { VNode } from "preact";
import { readBudgets, readStatuses, type SlaStatus } from "../api/slas.ts";
import { useTitle } from "../arrival.ts";
import { isNothingNew } from "../current_outages.ts";
import { useLive } from "../live.ts";
import { FirstCycle, useFirstCycle } from "../parts/progress/first_cycle.tsx";
import { Panel } from "../parts/panel.tsx";
import { SlasPast } from "../parts/progress/slas_past.tsx";
import { linkTo } from "../route.ts";
import { SeriesTable } from "./series_table.tsx";
import { SlaList } from "./sla_list.tsx";
import { STATES } from "./worst_first.ts";

/** What is wrong now, and everything that is watched. */
export function OverviewPage(): VNode {
  useTitle(undefined);
  const cycle = useFirstCycle();
  const statuses = useLive("statuses", readStatuses, 10_000);
  const budgets = useLive("budgets", readBudgets, 15_000);
  return (
    <main>
      <h1 class="visually-hidden">Overview</h1>
      {cycle !== undefined && <FirstCycle cycle={cycle} />}
      <SlasPast budgets={budgets.value ?? []} />
      <Panel
        title="SLAs"
        hint={countStates(statuses.value ?? [])}
        actions={<a class="button" href={linkTo("sla")}>New SLA</a>}
      >
        <SlaList statuses={statuses} budgets={budgets.value} />
      </Panel>
      <Panel title="Series">
        <SeriesTable filling={cycle !== undefined} />
      </Panel>
    </main>
  );
}

function countStates(statuses: readonly SlaStatus[]): string {
  const counts = STATES.map((state) =>
    [state.replace("_", " "), statuses.filter((status) => status.state === state).length] as const
  ).filter(([, count]) => count > 0);
  if (counts.length === 0) return "An SLA is a metric with bounds that it promises to keep.";
  const told = counts.map(([state, count]) => `${count} ${state}`).join(", ");
  const unknown = counts.some(([state]) => state === "unknown") ? " What is unknown could be violated." : "";
  const lines = isNothingNew()
    ? ""
    : " Dashed: the middle of what is expected next; rare bursts can go beyond it.";
  return `${told}, worst first.${unknown}${lines}`;
}
