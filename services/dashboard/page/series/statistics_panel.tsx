import type { VNode } from "preact";
import { readStatistics } from "../api/retrieval.ts";
import { formatQuantity, formatTogether } from "../format/quantity.ts";
import { type Unit } from "../../../shared/domain/unit.ts";
import { formatWindow } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { ScrollRegion } from "../parts/scroll_region.tsx";
import { Time } from "../parts/time.tsx";

/** Min, max, mean and standard deviation over each window. */
export function StatisticsPanel({ id, unit }: { readonly id: string; readonly unit: Unit }): VNode {
  const statistics = useLive(`statistics-${id}`, (signal) => readStatistics(id, signal), 30_000);
  return (
    <Panel title="Statistics">
      <Answer of={statistics} what="the statistics" heightPx={[130, 130]}>
        {(items) => (
          <ScrollRegion label="Statistics">
            <table class="numbers">
              <thead>
                <tr>
                  <th scope="col">Window</th>
                  <th scope="col">Min</th>
                  <th scope="col">Mean</th>
                  <th scope="col">Max</th>
                  <th scope="col">Std. dev.</th>
                  <th scope="col">Values</th>
                  <th scope="col">Until</th>
                </tr>
              </thead>
              <tbody>
                {items.map((entry) => (
                  <tr key={entry.window}>
                    <th scope="row">{formatWindow(entry.window)}</th>
                    {formatTogether([entry.min, entry.mean, entry.max], unit).map((text, k) => (
                      <td key={k}>{text}</td>
                    ))}
                    <td title={entry.reason}>{formatQuantity(entry.standardDeviation, unit)}</td>
                    <td>{entry.count}</td>
                    <td>
                      <Time atMs={entry.toMs} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </Answer>
    </Panel>
  );
}
