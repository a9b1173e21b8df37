import type { VNode } from "preact";
import { isFarHorizon, nearReachMs } from "../../../shared/domain/results/far_horizon.ts";
import { formatShare } from "../../../shared/domain/units/quantity.ts";
import type { Unit } from "../../../shared/domain/units/unit.ts";
import type { SlaPrediction } from "../api/slas.ts";
import { CONFIDENCE, heldLess } from "../format/backtest.ts";
import { formatSpread } from "../format/quantity.ts";
import { asSentence } from "../format/sentence.ts";
import { labelsAmong } from "../format/telling_labels.ts";
import { formatSpan } from "../format/time.ts";
import { Labels } from "../parts/words/labels.tsx";
import { Method } from "../parts/words/method.tsx";
import { Time } from "../parts/words/time.tsx";

interface PredictionOriginProps {
  readonly prediction: SlaPrediction;
  /** As far as the service looks by itself. */
  readonly near: SlaPrediction | undefined;
  readonly unit: Unit;
  /** What the interval that is drawn above held; it may be of another evaluation. */
  readonly drawnCoverage: number | null | undefined;
}

/** What the prediction is made from and by, and how far to trust it. */
export function PredictionOrigin(
  { prediction, near, unit, drawnCoverage }: PredictionOriginProps,
): VNode {
  const { originMs, method, backtest, stepMs, series, horizonMs, reason } = prediction;
  const isNear = horizonMs === near?.horizonMs;
  const isBreach = prediction.timeToBreachMs.p90 === 0;
  const known = series.filter(({ state }) => state === "fresh").length;
  const held = heldLess(isNear ? drawnCoverage ?? backtest?.coverage : backtest?.coverage, CONFIDENCE);
  return (
    <>
      {known < series.length && reason !== undefined && !isBreach && (
        <p class="notice">{asSentence(reason)}</p>
      )}
      <p class="hint">
        From <Time atMs={originMs} />
        {series.length > 1 && (
          <>
            {" of "}
            <Labels labels={labelsAmong(series[0], series)} />, the likeliest of{" "}
            {known === series.length ? known : `the ${known} of ${series.length} that are known`}
            {method !== null && ","}
          </>
        )}
        {method !== null && <Methods prediction={prediction} near={near} />}
        {backtest !== null &&
          `, off by ${formatSpread(backtest.mae, unit, "long")} on average where the series varies by ${
            formatSpread(backtest.standardDeviation, unit)
          }`}
        {held !== undefined && (
          <strong class="held">; its {formatShare(CONFIDENCE, 0)} intervals {held}</strong>
        )}.
        {method !== null &&
          ` Tried on what this expression gives each ${
            formatSpan(stepMs)
          }; a series' own page chooses for itself, and may name another method.`}
      </p>
    </>
  );
}

/** By which method, and what it was chosen for: far ahead by another than for the first steps. */
function Methods({ prediction, near }: Pick<PredictionOriginProps, "prediction" | "near">): VNode {
  const { method, horizonMs, stepMs, series: [likeliest] } = prediction;
  const nearMs = near?.horizonMs ?? horizonMs;
  const nearest = near?.series.find(({ seriesId }) => seriesId === likeliest?.seriesId);
  // What is not known of the first steps is told by the far method too.
  const first = nearest === undefined || nearest.probability === null ? null : nearest.method;
  const chosen = <Method name={method!} stepMs={stepMs} />;
  if (!isFarHorizon(horizonMs, nearMs)) {
    return <>{" by "}{chosen}, chosen by its backtest {formatSpan(Math.min(nearMs, horizonMs))} ahead</>;
  }
  const why = "chosen by its backtest far ahead, where trend and season count more than the last minutes";
  if (first === null) return <>{" by "}{chosen}, {why}</>;
  return (
    <>
      : the first {formatSpan(nearReachMs(nearMs))} by{" "}
      <Method name={first} stepMs={stepMs} />, chosen by its backtest {formatSpan(nearMs)}{" "}
      ahead; what comes after by {first === method ? "the same" : chosen}, {why}
    </>
  );
}
