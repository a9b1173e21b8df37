import type { VNode } from "preact";
import { formatShare } from "../../../shared/domain/units/quantity.ts";
import { methodInTime, shortMethod, shortMethods } from "../../../shared/domain/units/method_words.ts";
import { type Unit } from "../../../shared/domain/units/unit.ts";
import type { Metadata, SeriesForecast } from "../api/retrieval.ts";
import { heldLess } from "../format/backtest.ts";
import { describeObservations } from "../format/observations.ts";
import { formatSpread } from "../format/quantity.ts";
import { readable } from "../format/sentence.ts";
import type { Live } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Mase } from "../parts/words/mase.tsx";
import { MethodDetails } from "../parts/words/method.tsx";
import { Panel } from "../parts/panel.tsx";
import { ScrollRegion } from "../parts/scroll_region.tsx";
import { Ago } from "../parts/words/time.tsx";

/** Candidates shown before somebody asks for all. */
const SHOWN_FIRST = 6;

interface MethodPanelProps {
  readonly forecast: Live<SeriesForecast>;
  /** Found in the same turn as the method. */
  readonly metadata: Metadata | undefined;
  readonly unit: Unit;
}

/** Why this method: every candidate, its error, and why it lost. */
export function MethodPanel({ forecast, metadata, unit }: MethodPanelProps): VNode {
  return (
    <Panel
      title="How it is forecast"
      hint="Every candidate was tried on the series' own past; the one with the lowest error is used."
    >
      <Answer of={forecast} what="the choice of method">
        {({ method, stepMs, quick, confidence, explanation: { candidates, backtest, warnings } }) => (
          <>
            <div class="big-name">
              <MethodDetails name={method} stepMs={stepMs} short={shortMethod(method, stepMs)} />
            </div>
            <Chosen quick={quick === true} metadata={metadata} />
            {backtest.mae !== null && method !== "constant" && (
              <p>
                In the backtest, on that past, it was off by {formatSpread(backtest.mae, unit, "long")}{" "}
                on average (root mean square{" "}
                {formatSpread(backtest.rmse, unit)}) where the series itself varies by{" "}
                {formatSpread(backtest.standardDeviation, unit)}. {formatShare(backtest.coverage, 0)}{" "}
                of what came lay in the interval, which promises {formatShare(confidence, 0)}
                {heldLess(backtest.coverage, confidence) !== undefined && (
                  <strong class="held">: trust it less</strong>
                )}.
                {backtest.mase !== null && " "}
                {backtest.mase !== null && <Mase seasonal />}
                {backtest.mase !== null && ` ${backtest.mase.toFixed(2)}.`}{" "}
                What came since is under “How well it did”.
              </p>
            )}
            {warnings.map((warning) => <p key={warning} class="notice">{readable(warning)}</p>)}
            {candidates.length > 1 && (
              <p class="hint">
                The best of many is partly lucky: to compare, the error of a single method is raised by 30 %,
                as is that of what is worse than the naive one, and of a blend picked as best by 20 %.
              </p>
            )}
            <AllCandidates candidates={candidates} stepMs={stepMs} />
          </>
        )}
      </Answer>
    </Panel>
  );
}

/** When the method was chosen, and from what. */
function Chosen(
  { quick, metadata }: { readonly quick: boolean; readonly metadata: Metadata | undefined },
): VNode | null {
  if (quick) return <p class="hint">A first, quick choice; the full one is under way.</p>;
  if (metadata === undefined) return null;
  return (
    <p class="hint">
      Chosen <Ago atMs={metadata.producedAtMs} /> from {describeObservations(metadata)}.
    </p>
  );
}

interface CandidatesProps {
  readonly candidates: SeriesForecast["explanation"]["candidates"];
  readonly stepMs: number;
}

/** The best at once, the others when somebody asks; one name each. */
function AllCandidates({ candidates, stepMs }: CandidatesProps): VNode {
  const names = shortMethods(candidates.map(({ method }) => method), stepMs);
  const named = candidates.map((candidate, k) => ({ ...candidate, short: names[k] }));
  const rest = named.length - SHOWN_FIRST;
  const best = candidates.find(({ rejected }) => rejected === undefined)?.score ?? NaN;
  return (
    <>
      <Candidates candidates={named.slice(0, SHOWN_FIRST)} best={best} stepMs={stepMs} />
      {rest > 0 && (
        <details>
          <summary>{rest} more {rest === 1 ? "candidate" : "candidates"}</summary>
          <Candidates candidates={named.slice(SHOWN_FIRST)} best={best} stepMs={stepMs} />
        </details>
      )}
    </>
  );
}

function Candidates(
  { candidates, best, stepMs }: {
    readonly candidates: readonly (CandidatesProps["candidates"][number] & { readonly short: string })[];
    /** The chosen one's error. */
    readonly best: number;
    readonly stepMs: number;
  },
): VNode {
  return (
    <ScrollRegion label="Candidates">
      <table class="candidates" role="table">
        <thead>
          <tr>
            <th scope="col">Candidate</th>
            <th scope="col" class="number">
              <abbr title="The error in the backtest, as a multiple of the chosen one's.">
                Error
              </abbr>
            </th>
            <th scope="col">Why not</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {candidates.map((candidate) => (
            <tr key={candidate.method} role="row">
              <th scope="row" role="rowheader">
                <MethodDetails name={candidate.method} stepMs={stepMs} short={candidate.short} />
              </th>
              <td role="cell" class="number">
                {candidate.score === null || !(best > 0) ? "–" : `${(candidate.score / best).toFixed(2)}×`}
              </td>
              <td role="cell">
                {candidate.rejected === undefined
                  ? <strong>chosen</strong>
                  : methodInTime(candidate.rejected, stepMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
