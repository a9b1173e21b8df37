import type { VNode } from "preact";
import { Panel } from "../parts/panel.tsx";
import { linkTo } from "../route.ts";
import { SeriesTable } from "./series_table.tsx";
import { SlaList } from "./sla_list.tsx";

/** What is wrong now, and everything that is watched. */
export function OverviewPage(): VNode {
  return (
    <main>
      <h1 class="visually-hidden">Overview</h1>
      <Panel
        title="SLAs"
        hint="Worst first. The line shows the last hour, the dashes what is expected in the next minutes."
        actions={<a class="button" href={linkTo("sla")}>New SLA</a>}
      >
        <SlaList />
      </Panel>
      <Panel title="Series">
        <SeriesTable />
      </Panel>
    </main>
  );
}
