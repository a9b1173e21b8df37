import type { VNode } from "preact";
import { readPrediction, type SlaPrediction } from "../api/slas.ts";
import { formatProbability, formatQuantity } from "../../../shared/domain/quantity.ts";
import { formatSpan } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Choice } from "../parts/choice.tsx";
import { Panel } from "../parts/panel.tsx";
import { Time } from "../parts/time.tsx";
import { route, updateQuery } from "../route.ts";

const HORIZONS = [["", "10 min"], ["1h", "1 h"], ["4h", "4 h"], ["24h", "24 h"]] as const;
const WIDTH = 400;
const HEIGHT = 120;

/** How probable the next violation is, and when. */
export function PredictionPanel({ id }: { readonly id: string }): VNode {
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
      <Answer of={prediction} what="the prediction">
        {(value) =>
          value.state === "fresh" ? <Fresh prediction={value} /> : (
            <p class="notice notice-stale">
              <strong>{value.state === "expired" ? "Expired" : "Unknown"}</strong>:{" "}
              {value.reason ?? "there is nothing fresh to say"}.
            </p>
          )}
      </Answer>
    </Panel>
  );
}

function Fresh({ prediction }: { readonly prediction: SlaPrediction }): VNode {
  const { probability, byStep, timeToBreachMs, bound, horizonMs, originMs, method, backtest } = prediction;
  const when =
    ([["10 %", timeToBreachMs.p10], ["50 %", timeToBreachMs.p50], ["90 %", timeToBreachMs.p90]] as const)
      .filter(([, timeMs]) => timeMs !== null);
  return (
    <>
      <p class="big">
        {formatProbability(probability)}{" "}
        <small>
          that it is violated within {formatSpan(horizonMs)}
          {bound === null ? "" : `, likelier at ${bound}`}
        </small>
      </p>
      <ProbabilityCurve byStep={byStep} horizonMs={horizonMs} />
      <p>
        {when.length === 0
          ? "Less than one path in ten leaves the bounds in that time."
          : when.map(([share, timeMs]) => `${share} of paths are out within ${formatSpan(timeMs)}`).join(
            "; ",
          ) + "."}
      </p>
      <p class="hint">
        From <Time atMs={originMs} /> by {method ?? "no method"}
        {backtest !== null &&
          `, whose mean absolute error here was ${formatQuantity(backtest.mae)} (deviation of the series ${
            formatQuantity(backtest.standardDeviation)
          })`}.
      </p>
    </>
  );
}

/** The probability of having been out by each step. */
function ProbabilityCurve(
  { byStep, horizonMs }: { readonly byStep: readonly number[]; readonly horizonMs: number },
): VNode {
  const x = (i: number) => ((i + 1) / byStep.length) * WIDTH;
  const y = (probability: number) => HEIGHT - probability * HEIGHT;
  const points = byStep.map((probability, i) => `${x(i).toFixed(1)},${y(probability).toFixed(1)}`).join(" ");
  return (
    <>
      <svg
        class="probability"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Probability of a violation by time, up to ${formatProbability(byStep.at(-1))} at ${
          formatSpan(horizonMs)
        }`}
      >
        {[0.25, 0.5, 0.75].map((share) => (
          <line key={share} class="grid" x1={0} x2={WIDTH} y1={y(share)} y2={y(share)} />
        ))}
        <polygon class="area" points={`0,${HEIGHT} ${points} ${WIDTH},${HEIGHT}`} />
        <polyline class="edge" points={`0,${HEIGHT} ${points}`} />
      </svg>
      <p class="axis-ends">
        <span>now</span>
        <span>{formatSpan(horizonMs)}</span>
      </p>
    </>
  );
}
