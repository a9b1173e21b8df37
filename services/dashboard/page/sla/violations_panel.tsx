import type { VNode } from "preact";
import { type Unit } from "../../../shared/domain/units/unit.ts";
import { readViolations, type Sla, type SlaStatus } from "../api/slas.ts";
import { formatQuantity } from "../format/quantity.ts";
import { asSentence } from "../format/sentence.ts";
import { labelsAmong } from "../format/telling_labels.ts";
import { describeMissing } from "../format/observations.ts";
import { formatLength, formatWindow } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Labels } from "../parts/words/labels.tsx";
import { Panel } from "../parts/panel.tsx";
import { ScrollRegion } from "../parts/scroll_region.tsx";
import { ShowAll, showsAll } from "../parts/show_all.tsx";
import { Time } from "../parts/words/time.tsx";
import { route } from "../route.ts";
import { describeCause } from "./describe_cause.ts";
import { intervalsAsOf } from "./intervals_as_of.ts";
import { lastedMs } from "./lasted_ms.ts";
import { revisionOf } from "./revision_of.ts";

/** Rows shown before somebody asks for all: what comes after the table stays within reach. */
const SHOWN_FIRST = 10;

interface ViolationsPanelProps {
  readonly sla: Sla;
  readonly unit: Unit;
  /** What the page says of now; the table goes up to there. */
  readonly status: SlaStatus | undefined;
}

/** Past violations as a table. */
export function ViolationsPanel({ sla, unit, status }: ViolationsPanelProps): VNode {
  const { window = "3h" } = route.value.query;
  const all = showsAll("violations");
  const violations = useLive(
    `violations-${revisionOf(sla)}?${window}`,
    (signal) => readViolations(sla.id, { window }, signal),
    15_000,
  );
  return (
    <Panel title={`Violations in the last ${formatWindow(window)}`}>
      <Answer of={violations} what="the violations" fromSource>
        {({ series, intervals, fromMs, toMs, missing, stepMs, reason }) => {
          const told = series.length > 0 ? series : [{ seriesId: "", labels: {}, intervals }];
          const rows = told.flatMap(({ seriesId, labels, intervals }) => {
            const judged = status?.series.find((one) => one.seriesId === seriesId);
            return intervalsAsOf(judged, intervals, stepMs).map((interval) => ({
              seriesId,
              labels,
              ...interval,
            }));
          }).sort((a, b) => b.fromMs - a.fromMs);
          return (
            <>
              {reason !== undefined && <p class="empty">{asSentence(reason)}</p>}
              {reason === undefined && missing !== null && missing > 0 && (
                <p class="notice">
                  {describeMissing(missing * stepMs, toMs - fromMs, sla.noData)}
                  {series.length > 1 && (
                    <>
                      {" "}That is of <Labels labels={labelsAmong(series[0], series)} />,{" "}
                      {(series[0].violatedMs ?? 0) > 0 ? "violated the longest" : "which lacks the most"} of
                      {" "}
                      {series.length} series.
                    </>
                  )}
                </p>
              )}
              {rows.length === 0 ? reason === undefined && <p class="empty">None that we saw.</p> : (
                <>
                  <ScrollRegion label="Violations">
                    <table class="violations">
                      <thead>
                        <tr>
                          <th scope="col">From</th>
                          <th scope="col">To</th>
                          <th scope="col" class="number">Lasted</th>
                          <th scope="col">Why</th>
                          <th scope="col" class="number">Worst</th>
                          <th scope="col">At</th>
                          {series.length > 1 && <th scope="col">Series</th>}
                        </tr>
                      </thead>
                      <tbody>
                        {rows.slice(0, all ? undefined : SHOWN_FIRST).map((row) => (
                          <tr key={`${row.seriesId}-${row.fromMs}`}>
                            <td>
                              <Time atMs={row.fromMs} />
                            </td>
                            <td>{row.ongoing ? <strong>ongoing</strong> : <Time atMs={row.toMs} />}</td>
                            <td class="number">{formatLength(lastedMs(row))}</td>
                            <td>{describeCause(row)}</td>
                            <td class="number">{formatQuantity(row.worst, unit, "full")}</td>
                            <td>
                              <Time atMs={row.worstAtMs} />
                            </td>
                            {series.length > 1 && (
                              <td>
                                <Labels
                                  labels={labelsAmong(row, series)}
                                />
                              </td>
                            )}
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  </ScrollRegion>
                  <ShowAll
                    count={rows.length}
                    of="violations"
                    first={SHOWN_FIRST}
                    which="newest"
                    query="violations"
                  />
                </>
              )}
            </>
          );
        }}
      </Answer>
    </Panel>
  );
}
