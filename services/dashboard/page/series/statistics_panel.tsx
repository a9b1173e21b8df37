import type { VNode } from "preact";
import { type Unit } from "../../../shared/domain/units/unit.ts";
import type { Statistics } from "../api/retrieval.ts";
import { formatSpread, formatTogether } from "../format/quantity.ts";
import { formatSpan, formatWindow } from "../format/time.ts";
import type { Live } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { ScrollRegion } from "../parts/scroll_region.tsx";
import { Time } from "../parts/words/time.tsx";

interface StatisticsPanelProps {
  readonly statistics: Live<readonly Statistics[]>;
  readonly unit: Unit;
  /** Distance of the values; `undefined` until it is known. */
  readonly stepMs: number | undefined;
  /** When the last value is, of a series that is silent. */
  readonly silentMs: number | undefined;
}

/** Min, max, mean and standard deviation over each window. */
export function StatisticsPanel({ statistics, unit, stepMs, silentMs }: StatisticsPanelProps): VNode {
  return (
    <Panel title="Statistics">
      <Answer of={statistics} what="the statistics" heightPx={[210, 210]}>
        {(items) => (
          <>
            <ScrollRegion label="Statistics">
              <table class="numbers statistics">
                <thead>
                  <tr>
                    <th scope="col">Window</th>
                    {items.map((entry) => (
                      <th key={entry.window} scope="col">
                        {formatWindow(entry.window)}
                        <small class="below">{describeSeen(entry, stepMs)}</small>
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {FIGURES.map((name, k) => (
                    <tr key={name}>
                      <th scope="row">{name}</th>
                      {items.map((entry) => (
                        <td key={entry.window} title={entry.reason}>{figuresOf(entry, unit)[k]}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollRegion>
            {items.length > 0 && (
              <p class="hint">
                Each window ends at <Time atMs={items[0].toMs} />
                {silentMs !== undefined && (
                  <>
                    , the last value is of <Time atMs={silentMs} />
                  </>
                )}.
                {unit.base === "ratio" && " pp: percentage points."}
              </p>
            )}
          </>
        )}
      </Answer>
    </Panel>
  );
}

const FIGURES = ["Min", "Mean", "Max", "Std. dev."] as const;

/** What {@linkcode FIGURES} name, of one window. */
function figuresOf({ min, mean, max, standardDeviation }: Statistics, unit: Unit): readonly string[] {
  return [...formatTogether([min, mean, max], unit), formatSpread(standardDeviation, unit)];
}

/** Of a window that has few values for its length: how long was seen. */
const SEEN_LEAST = 0.9;

/** How much of the window was seen, where that is clearly not the whole. */
function describeSeen({ count, fromMs, toMs }: Statistics, stepMs: number | undefined): string {
  if (stepMs !== undefined && count * stepMs < SEEN_LEAST * (toMs - fromMs)) {
    return `only ${formatSpan(count * stepMs)} seen`;
  }
  return `${count.toLocaleString("en-US")} values`;
}
