import type { VNode } from "preact";
import { formatProbability } from "../../../shared/domain/units/quantity.ts";
import { type Unit, unitOfExpression } from "../../../shared/domain/units/unit.ts";
import {
  readPredictions,
  readSlas,
  type SlaBudget,
  type SlaPrediction,
  type SlaStatus,
} from "../api/slas.ts";
import { isSourceDown } from "../current_outages.ts";
import { describeBounds, isOutOfBounds } from "../format/bounds.ts";
import { formatLeft } from "../format/spending.ts";
import { labelsAmong, writeLabels } from "../format/telling_labels.ts";
import { formatSpan, formatTime } from "../format/time.ts";
import { type Live, useLive } from "../live.ts";
import { countTooFew } from "../format/observations.ts";
import { Answer } from "../parts/answer.tsx";
import { ShowAll } from "../parts/show_all.tsx";
import { reasonOf } from "../parts/words/reason_of.ts";
import { StateBadge } from "../parts/words/state_badge.tsx";
import { Ago } from "../parts/words/time.tsx";
import { linkTo, route, updateQuery } from "../route.ts";
import { SlaSparkline } from "./sla_sparkline.tsx";
import { worstFirst } from "./worst_first.ts";

/** SLAs shown before somebody asks for all: the worst, and the series stay in reach below. */
const SHOWN_FIRST = 20;

interface SlaListProps {
  readonly statuses: Live<SlaStatus[]>;
  readonly budgets: readonly SlaBudget[] | undefined;
}

/** Every SLA, worst first. */
export function SlaList({ statuses, budgets }: SlaListProps): VNode {
  const all = route.value.query.slas === "all";
  const predictions = byId(useLive("predictions", readPredictions, 15_000).value);
  const definitions = new Map(
    useLive("definitions", readSlas, 60_000).value?.map(({ id, expression }) => [id, expression]),
  );
  const budgetOf = byId(budgets);
  return (
    <Answer of={statuses} what="the SLAs" heightPx={[200, 650]}>
      {(items) =>
        items.length === 0
          ? (
            <p class="empty">
              No SLA yet. <a href={linkTo("sla")}>Create the first one</a>{" "}
              and see when it was broken and whether it is about to be.
            </p>
          )
          : (
            <>
              <ul class="sla-list">
                {worstFirst(items, { predictions, budgets: budgetOf }).slice(0, all ? undefined : SHOWN_FIRST)
                  .map((status) => (
                    <SlaRow
                      key={status.slaId}
                      status={status}
                      unit={unitOfExpression(definitions.get(status.slaId) ?? "")}
                      prediction={predictions.get(status.slaId)}
                      budget={budgetOf.get(status.slaId)}
                    />
                  ))}
              </ul>
              <ShowAll
                count={items.length}
                of="SLAs"
                first={SHOWN_FIRST}
                which="worst"
                all={all}
                onChange={(asked) => updateQuery({ slas: asked ? "all" : undefined })}
              />
            </>
          )}
    </Answer>
  );
}

interface SlaRowProps {
  readonly status: SlaStatus;
  readonly unit: Unit;
  readonly prediction: SlaPrediction | undefined;
  readonly budget: SlaBudget | undefined;
}

function SlaRow({ status, unit, prediction, budget }: SlaRowProps): VNode {
  const { value, bounds } = describeBounds(status, unit);
  return (
    <li class={`sla-row state-${status.state}`}>
      <div class="sla-state">
        <StateBadge state={status.state} />
      </div>
      <div class="sla-name">
        <a href={linkTo(`sla/${status.slaId}`)}>{status.name}</a>
        <p>{reasonOf(status)}{ofWhich(status)}</p>
      </div>
      <dl class="figures">
        <div>
          <dt>value</dt>
          <dd title={status.observedAtMs === null ? undefined : `of ${formatTime(status.observedAtMs)}`}>
            {value}
            {status.state === "unknown" && status.observedAtMs !== null && (
              <small>
                {" "}
                <Ago atMs={status.observedAtMs} />
              </small>
            )}
          </dd>
        </div>
        <div>
          <dt>bounds{status.derived && " (derived)"}</dt>
          <dd>{bounds}</dd>
        </div>
        <div>
          <dt>breach in {formatSpan(prediction?.horizonMs ?? 600_000)}</dt>
          <dd title={prediction?.reason}>
            {describeBreach(status, prediction)}
            {prediction?.state === "unknown" && <small>{countTooFew(prediction.reason)}</small>}
          </dd>
        </div>
        <div>
          <dt>budget left</dt>
          <dd>{describeBudget(budget)}</dd>
        </div>
      </dl>
      <SlaSparkline status={status} />
    </li>
  );
}

/** Which of several series the row speaks of. */
function ofWhich({ series }: SlaStatus): string {
  if (series.length < 2 || isSourceDown()) return "";
  return `: ${writeLabels(labelsAmong(series[0], series))}, the worst of ${series.length}`;
}

function describeBreach(status: SlaStatus, prediction: SlaPrediction | undefined): string {
  if (prediction === undefined) return "–";
  if (prediction.state !== "fresh") return prediction.state;
  // One series of it may be well while of another nothing is known.
  if (status.state === "unknown") return "unknown";
  const when = prediction.timeToBreachMs.p50;
  if (when === 0 || isOutOfBounds(status)) return "out of bounds now";
  const soon = when === null ? "" : `, likely in ${formatSpan(when)}`;
  return formatProbability(prediction.probability) + soon;
}

function describeBudget(budget: SlaBudget | undefined): string {
  if (budget === undefined) return "–";
  if (budget.target === null) return "no target";
  return budget.backfill === "pending" ? "counting …" : formatLeft(budget.remaining);
}

function byId<Item extends { readonly slaId: string }>(
  items: readonly Item[] = [],
): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.slaId, item]));
}
