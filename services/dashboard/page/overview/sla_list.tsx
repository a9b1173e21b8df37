import type { VNode } from "preact";
import {
  readBudget,
  readPredictions,
  readSlas,
  readSlaSamples,
  readStatuses,
  type SlaPrediction,
  type SlaStatus,
} from "../api/slas.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { formatProbability, formatQuantity, formatShare } from "../../../shared/domain/quantity.ts";
import { type Unit, unitOfExpression } from "../../../shared/domain/unit.ts";
import { formatSpan } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { StateBadge } from "../parts/state_badge.tsx";
import { linkTo } from "../route.ts";

/** SLAs whose samples and budget are fetched for the overview; the others show their figures alone. */
const DETAILED_MAX = 12;

/** Every SLA, worst first. */
export function SlaList(): VNode {
  const statuses = useLive("statuses", readStatuses, 10_000);
  const predictions = useLive("predictions", readPredictions, 15_000);
  const definitions = useLive("definitions", readSlas, 60_000);
  return (
    <Answer of={statuses} what="the SLAs">
      {(items) =>
        items.length === 0
          ? (
            <p class="empty">
              No SLA yet. An SLA is a metric with bounds: <a href={linkTo("sla")}>create the first one</a>
              {" "}
              and see when it was broken and whether it is about to be.
            </p>
          )
          : (
            <ul class="sla-list">
              {items.map((status, rank) => (
                <SlaRow
                  key={status.slaId}
                  status={status}
                  unit={unitOfExpression(
                    definitions.value?.find(({ id }) => id === status.slaId)?.expression ?? "",
                  )}
                  prediction={predictions.value?.find(({ slaId }) => slaId === status.slaId)}
                  detailed={rank < DETAILED_MAX}
                />
              ))}
            </ul>
          )}
    </Answer>
  );
}

interface SlaRowProps {
  readonly status: SlaStatus;
  readonly unit: Unit;
  readonly prediction: SlaPrediction | undefined;
  readonly detailed: boolean;
}

function SlaRow({ status, unit, prediction, detailed }: SlaRowProps): VNode {
  return (
    <li class={`sla-row state-${status.state}`}>
      <div class="sla-state">
        <StateBadge state={status.state} />
      </div>
      <div class="sla-name">
        <a href={linkTo(`sla/${status.slaId}`)}>{status.name}</a>
        <p>{status.reason}</p>
      </div>
      <dl class="figures">
        <div>
          <dt>value</dt>
          <dd>{formatQuantity(status.value, unit)}</dd>
        </div>
        <div>
          <dt>bounds{status.derived && " (derived)"}</dt>
          <dd>{describeBounds(status.min, status.max, unit)}</dd>
        </div>
        <div>
          <dt>breach in {formatSpan(prediction?.horizonMs ?? 600_000)}</dt>
          <dd>{describeBreach(prediction)}</dd>
        </div>
        {detailed && <BudgetFigure id={status.slaId} />}
      </dl>
      {detailed && <SlaSparkline status={status} />}
    </li>
  );
}

/** Bounds in words; a missing one is open. */
export function describeBounds(min: number | null, max: number | null, unit?: Unit): string {
  if (min === null && max === null) return "none yet";
  if (min === null) return `≤ ${formatQuantity(max, unit)}`;
  if (max === null) return `≥ ${formatQuantity(min, unit)}`;
  return `${formatQuantity(min, unit)} … ${formatQuantity(max, unit)}`;
}

function describeBreach(prediction: SlaPrediction | undefined): string {
  if (prediction === undefined) return "–";
  if (prediction.state !== "fresh") return prediction.state;
  const when = prediction.timeToBreachMs.p50;
  return formatProbability(prediction.probability) + (when === null ? "" : `, in ${formatSpan(when)}`);
}

function BudgetFigure({ id }: { readonly id: string }): VNode | null {
  const budget = useLive(`budget-${id}`, (signal) => readBudget(id, signal), 60_000);
  if (budget.value === undefined || budget.value.target === null) return null;
  return (
    <div>
      <dt>budget left</dt>
      <dd>{formatShare(budget.value.remaining, 1)}</dd>
    </div>
  );
}

function SlaSparkline({ status }: { readonly status: SlaStatus }): VNode | null {
  const samples = useLive(
    `spark-${status.slaId}`,
    (signal) => readSlaSamples(status.slaId, "1h", signal),
    30_000,
  );
  const worst = status.series[0]?.seriesId;
  const series = samples.value?.series.find(({ seriesId }) => seriesId === worst) ?? samples.value?.series[0];
  if (series === undefined) return null;
  const bounds = [status.min, status.max].filter((bound) => bound !== null);
  return (
    <Sparkline
      values={series.values}
      forecast={series.forecast}
      bounds={bounds}
      label={`${status.name}, last hour`}
    />
  );
}
