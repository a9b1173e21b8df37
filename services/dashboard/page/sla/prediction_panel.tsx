import type { VNode } from "preact";
import { readPrediction, type SlaPrediction } from "../api/slas.ts";
import { TimeChart } from "../charts/time_chart.tsx";
import { gridTimes } from "../charts/time_table.ts";
import { formatProbability, formatShare } from "../../../shared/domain/quantity.ts";
import { heldLess } from "../format/backtest.ts";
import { formatQuantity } from "../format/quantity.ts";
import { type Unit } from "../../../shared/domain/unit.ts";
import { asSentence } from "../format/sentence.ts";
import { formatSpan } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Choice } from "../parts/choice.tsx";
import { Method } from "../parts/method.tsx";
import { Panel } from "../parts/panel.tsx";
import { Time } from "../parts/time.tsx";
import { route, updateQuery } from "../route.ts";

const HORIZONS = [["", "10 min"], ["1h", "1 h"], ["4h", "4 h"], ["24h", "24 h"]] as const;

/** What the intervals of an SLA's forecast promise. */
const CONFIDENCE = 0.95;

/** How probable the next violation is, and when. */
export function PredictionPanel({ id, unit }: { readonly id: string; readonly unit: Unit }): VNode {
  const { horizon = "" } = route.value.query;
  const prediction = useLive(
    `prediction-${id}?${horizon}`,
    (signal) => readPrediction(id, horizon, signal),
    15_000,
  );
  return (
    <Panel
      title="Next violation"
      actions={
        <Choice
          label="Horizon"
          options={HORIZONS}
          value={horizon}
          onChoose={(value) => updateQuery({ horizon: value })}
        />
      }
    >
      <Answer of={prediction} what="the prediction" heightPx={[310, 330]}>
        {(value) =>
          value.state === "fresh" ? <Fresh prediction={value} unit={unit} /> : (
            <p class="notice notice-stale">
              <strong>{value.state === "expired" ? "Expired." : "Unknown."}</strong>{" "}
              {asSentence(value.reason ?? "there is nothing fresh to say")}
            </p>
          )}
      </Answer>
    </Panel>
  );
}

function Fresh({ prediction, unit }: { readonly prediction: SlaPrediction; readonly unit: Unit }): VNode {
  const { probability, timeToBreachMs, bound, horizonMs, originMs, method, backtest } = prediction;
  const held = heldLess(backtest?.coverage, CONFIDENCE);
  const when =
    ([["10 %", timeToBreachMs.p10], ["50 %", timeToBreachMs.p50], ["90 %", timeToBreachMs.p90]] as const)
      // Of several that are reached at once, the greatest says it all.
      .filter(([, timeMs], k, all) => timeMs !== null && timeMs !== all[k + 1]?.[1]);
  return (
    <>
      <p class="big">
        {formatProbability(probability)}{" "}
        <small>
          that it is violated within {formatSpan(horizonMs)}
          {bound === null
            ? ""
            : `, most likely ${bound === "max" ? "above the maximum" : "below the minimum"}`}
        </small>
      </p>
      <ProbabilityCurve prediction={prediction} />
      <p>
        {when.length === 0
          ? "The chance to be out of bounds stays below 10 % all that time."
          : timeToBreachMs.p90 === 0
          ? "It is out of bounds now."
          : `The chance to have been out of bounds reaches ${
            when.map(([share, timeMs]) => `${share} ${timeMs === 0 ? "at once" : `in ${formatSpan(timeMs)}`}`)
              .join(", ")
          }.`}
      </p>
      <p class="hint">
        From <Time atMs={originMs} />
        {method !== null && (
          <>
            {" by "}
            <Method name={method} />
          </>
        )}
        {backtest !== null &&
          `, off by ${formatQuantity(backtest.mae, unit)} on average where the series varies by ${
            formatQuantity(backtest.standardDeviation, unit)
          }`}
        {held !== undefined && (
          <strong class="held">; its {formatShare(CONFIDENCE, 0)} intervals {held}</strong>
        )}.
      </p>
    </>
  );
}

/** The probability of having been out by each step. */
function ProbabilityCurve({ prediction }: { readonly prediction: SlaPrediction }): VNode | null {
  const { byStep, originMs, horizonMs } = prediction;
  if (originMs === null || byStep.length === 0) return null;
  const stepMs = horizonMs / byStep.length;
  return (
    <TimeChart
      title="Probability of a violation by time"
      unit={{ base: "ratio" }}
      lines={[{
        label: "probability",
        colour: "bound",
        fill: "violation",
        track: { timesMs: gridTimes(originMs, stepMs, byStep.length + 1), values: [0, ...byStep] },
      }]}
      range={{ fromMs: originMs, toMs: originMs + horizonMs }}
      values={[0, 1]}
      height={150}
    />
  );
}
