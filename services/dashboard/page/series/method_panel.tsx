import type { VNode } from "preact";
import { readForecast, type SeriesForecast } from "../api/retrieval.ts";
import { formatShare } from "../../../shared/domain/quantity.ts";
import { formatQuantity } from "../format/quantity.ts";
import { type Unit } from "../../../shared/domain/unit.ts";
import { heldLess } from "../format/backtest.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { MethodDetails } from "../parts/method.tsx";
import { Mase } from "../parts/mase.tsx";
import { Panel } from "../parts/panel.tsx";
import { ScrollRegion } from "../parts/scroll_region.tsx";

/** Candidates shown before somebody asks for all. */
const SHOWN_FIRST = 6;

/** Why this method: every candidate, its score, and why it lost. */
export function MethodPanel({ id, unit }: { readonly id: string; readonly unit: Unit }): VNode {
  const forecast = useLive(`forecast-${id}?`, (signal) => readForecast(id, "", signal), 15_000);
  return (
    <Panel
      title="How it is forecast"
      hint="Every candidate was tried on the series' own past; the lowest score is used."
    >
      <Answer of={forecast} what="the choice of method">
        {({ method, confidence, explanation: { candidates, backtest, warnings } }) => (
          <>
            <div class="big-name">
              <MethodDetails name={method} />
            </div>
            {backtest.mae !== null && (
              <p>
                In the backtest off by {formatQuantity(backtest.mae, unit)} on average (root mean square{" "}
                {formatQuantity(backtest.rmse, unit)}) where the series itself varies by{" "}
                {formatQuantity(backtest.standardDeviation, unit)}. {formatShare(backtest.coverage, 0)}{" "}
                of what came lay in the interval, which promises {formatShare(confidence, 0)}
                {heldLess(backtest.coverage, confidence) !== undefined && (
                  <strong class="held">: trust it less</strong>
                )}.
                {backtest.mase !== null && " "}
                {backtest.mase !== null && <Mase />}
                {backtest.mase !== null && ` ${backtest.mase.toFixed(2)}.`}
              </p>
            )}
            {warnings.map((warning) => <p key={warning} class="notice">{warning}</p>)}
            <Candidates candidates={candidates.slice(0, SHOWN_FIRST)} />
            {candidates.length > SHOWN_FIRST && (
              <details>
                <summary>{candidates.length - SHOWN_FIRST} more candidates</summary>
                <Candidates candidates={candidates.slice(SHOWN_FIRST)} />
              </details>
            )}
          </>
        )}
      </Answer>
    </Panel>
  );
}

function Candidates(
  { candidates }: { readonly candidates: SeriesForecast["explanation"]["candidates"] },
): VNode {
  return (
    <ScrollRegion label="Candidates">
      <table class="candidates" role="table">
        <thead>
          <tr>
            <th scope="col">Candidate</th>
            <th scope="col">Score</th>
            <th scope="col">Why not</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {candidates.map((candidate) => (
            <tr key={candidate.method} role="row">
              <th scope="row" role="rowheader">
                <MethodDetails name={candidate.method} />
              </th>
              <td role="cell">
                {candidate.score === null ? "–" : formatQuantity(Number(candidate.score.toPrecision(3)))}
              </td>
              <td role="cell">{candidate.rejected ?? <strong>chosen</strong>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
