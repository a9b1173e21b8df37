import type { VNode } from "preact";
import { formatProbability } from "../../../shared/domain/units/quantity.ts";
import { type Unit } from "../../../shared/domain/units/unit.ts";
import {
  readPrediction,
  type Sla,
  type SlaPrediction,
  type SlaSamples,
  type SlaStatus,
} from "../api/slas.ts";
import { isSourceDown } from "../current_outages.ts";
import { TimeChart } from "../charts/time_chart.tsx";
import { gridTimes } from "../charts/data/time_table.ts";
import { isOutOfBounds, isSilent } from "../format/bounds.ts";
import { asSentence } from "../format/sentence.ts";
import { formatBy, formatSpan } from "../format/time.ts";
import { describeWorking, horizonChoices } from "../horizons.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Choice } from "../parts/choice.tsx";
import { KeepHeight } from "../parts/keep_height.tsx";
import { Panel } from "../parts/panel.tsx";
import { reasonOf } from "../parts/words/reason_of.ts";
import { TooFew } from "../parts/words/too_few.tsx";
import { route, updateQuery } from "../route.ts";
import { describeBreachTimes } from "./describe_breach_times.ts";
import { describeWays } from "./describe_ways.ts";
import { PredictionOrigin } from "./prediction_origin.tsx";
import { revisionOf } from "./revision_of.ts";

interface PredictionPanelProps {
  readonly sla: Sla;
  readonly unit: Unit;
  /** What the page says of now: what is out of bounds is not predicted to get there. */
  readonly status: SlaStatus | undefined;
  /** With the line that is expected, which the page shows above. */
  readonly samples: SlaSamples | undefined;
}

/** How probable the next violation is, and when. */
export function PredictionPanel({ sla, unit, status, samples }: PredictionPanelProps): VNode {
  const { horizon = "" } = route.value.query;
  const near = useLive(
    `prediction-${revisionOf(sla)}`,
    (signal) => readPrediction(sla.id, "", signal),
    15_000,
  );
  const further = useLive(
    `prediction-${revisionOf(sla)}-${horizon}`,
    (signal) => horizon === "" ? Promise.resolve(undefined) : readPrediction(sla.id, horizon, signal),
    15_000,
  );
  const prediction = horizon === "" ? near : further;
  const nearMs = near.value?.horizonMs;
  return (
    <Panel
      title="Next violation"
      actions={
        <Choice
          label="Horizon"
          options={horizonChoices(nearMs, horizon)}
          value={horizon}
          onChoose={(value) => updateQuery({ horizon: value })}
        />
      }
    >
      <KeepHeight isBusy={prediction.value === undefined && prediction.error === undefined}>
        <Answer
          of={prediction}
          what="the prediction"
          working={describeWorking(horizon, nearMs)}
          heightPx={[310, 330]}
        >
          {(value) =>
            value?.state === "fresh"
              ? <Fresh prediction={value} near={near.value} unit={unit} status={status} samples={samples} />
              : value !== undefined && (
                <p class="notice notice-stale">
                  <strong>{value.state === "expired" ? "Expired." : "Unknown."}</strong>{" "}
                  {value.lacking === undefined || isSourceDown()
                    ? asSentence(reasonOf({ reason: "there is nothing fresh to say", ...value }))
                    : <TooFew of={{ ...value, lacking: value.lacking }} />}
                </p>
              )}
        </Answer>
      </KeepHeight>
    </Panel>
  );
}

type FreshProps = Omit<PredictionPanelProps, "sla"> & {
  readonly prediction: SlaPrediction;
  /** As far as the service looks by itself. */
  readonly near: SlaPrediction | undefined;
};

function Fresh({ prediction, near, unit, status, samples }: FreshProps): VNode {
  const drawn = drawnForecast(prediction, { samples, status });
  const isOut = prediction.timeToBreachMs.p90 === 0 || (status !== undefined && isOutOfBounds(status));
  return (
    <>
      {isSilent(prediction)
        ? (
          <>
            <p class="big">Violated now</p>
            <p>{asSentence(reasonOf({ reason: "there are no samples", ...prediction }))}</p>
          </>
        )
        : isOut
        ? (
          <>
            <p class="big">Out of bounds now</p>
            <p>
              There is no breach left to predict.
              {prediction.method !== null && " The dashed line above shows whether it is expected back."}
            </p>
          </>
        )
        : (
          <Chance
            prediction={prediction}
            isOfTwo={status !== undefined && status.min !== null && status.max !== null}
            ways={status &&
              describeWays(prediction, { ...status, mean: drawn?.mean ?? [] }, unit)}
          />
        )}
      <PredictionOrigin prediction={prediction} near={near} unit={unit} drawnCoverage={drawn?.coverage} />
    </>
  );
}

/** The dashed line above, where it is of the very series that the prediction speaks of. */
function drawnForecast(
  { series: [likeliest] }: SlaPrediction,
  { samples, status }: Pick<FreshProps, "samples" | "status">,
): SlaSamples["series"][number]["forecast"] {
  const { series: chosen } = route.value.query;
  if ((chosen || status?.series[0]?.seriesId) !== likeliest?.seriesId) return undefined;
  return samples?.series.find(({ seriesId }) => seriesId === likeliest?.seriesId)?.forecast;
}

/** How probable it is, and when, of what is within its bounds. */
function Chance(
  { prediction, isOfTwo, ways }: {
    readonly prediction: SlaPrediction;
    /** Whether there are two bounds, so that it says something which one is likelier to be broken. */
    readonly isOfTwo: boolean;
    /** What it rests on, where the line above seems to say something else. */
    readonly ways: string | undefined;
  },
): VNode {
  const { probability, bound, originMs, horizonMs } = prediction;
  const when = describeBreachTimes(prediction);
  return (
    <>
      <p class="big">
        {formatProbability(probability)}{" "}
        <small>
          that it is violated within {formatSpan(horizonMs)}
          {originMs !== null && `, ${formatBy(originMs + horizonMs)}`}
          {bound === null || !isOfTwo
            ? ""
            : `, most likely ${bound === "max" ? "above the maximum" : "below the minimum"}`}
        </small>
      </p>
      <ProbabilityCurve prediction={prediction} />
      {when !== null && <p>The probability of a violation is at least {when}.</p>}
      {ways !== undefined && <p>{ways}</p>}
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
      name="probability"
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
