import type { VNode } from "preact";
import { formatProbability } from "../../../shared/domain/units/quantity.ts";
import { type Unit, unitOfExpression } from "../../../shared/domain/units/unit.ts";
import {
  readPredictions,
  readSlas,
  type Sla,
  type SlaBudget,
  type SlaPrediction,
  type SlaStatus,
} from "../api/slas.ts";
import { isSourceDown } from "../current_outages.ts";
import { describeBounds, isOutOfBounds, isSilent } from "../format/bounds.ts";
import { formatLeft } from "../format/spending.ts";
import { labelsAmong } from "../format/telling_labels.ts";
import { formatAhead, formatSpan, formatTime, formatUntil, formatWindow } from "../format/time.ts";
import { type Live, useLive } from "../live.ts";
import { countLacking } from "../format/too_few.ts";
import { Answer } from "../parts/answer.tsx";
import { ShowAll, showsAll } from "../parts/show_all.tsx";
import { Labels } from "../parts/words/labels.tsx";
import { reasonOf } from "../parts/words/reason_of.ts";
import { StateBadge } from "../parts/words/state_badge.tsx";
import { Ago } from "../parts/words/time.tsx";
import { linkTo } from "../route.ts";
import { breachIn } from "../sla/breach_in.ts";
import { judgedMs } from "../sla/spent_time.ts";
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
  const all = showsAll("slas");
  const predictions = byId(useLive("predictions", readPredictions, 15_000).value);
  const definitions = new Map(useLive("definitions", readSlas, 60_000).value?.map((sla) => [sla.id, sla]));
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
              <Headings horizonMs={predictions.values().next().value?.horizonMs} />
              <ul class="sla-list">
                {worstFirst(items, { predictions, budgets: budgetOf }).slice(0, all ? undefined : SHOWN_FIRST)
                  .map((status, k) => (
                    <SlaRow
                      key={status.slaId}
                      status={status}
                      unit={unitOfExpression(definitions.get(status.slaId)?.expression ?? "")}
                      prediction={predictions.get(status.slaId)}
                      budget={budgetOf.get(status.slaId)}
                      noData={definitions.get(status.slaId)?.noData}
                      ahead={k < SHOWN_FIRST}
                    />
                  ))}
              </ul>
              <ShowAll
                count={items.length}
                of="SLAs"
                first={SHOWN_FIRST}
                which="worst"
                query="slas"
              />
            </>
          )}
    </Answer>
  );
}

/** What is in each column, where there is room for columns; for the eye, as each figure has its name. */
function Headings({ horizonMs }: { readonly horizonMs: number | undefined }): VNode {
  return (
    <div class="sla-row sla-headings" aria-hidden="true">
      <span>State</span>
      <span>SLA</span>
      <div class="figures">
        <span>Value</span>
        <span>Bounds</span>
        <span>{nameBreach(horizonMs)}</span>
        <span>Budget left</span>
      </div>
      <span>Last hour and next</span>
    </div>
  );
}

function nameBreach(horizonMs: number | undefined): string {
  return horizonMs === undefined ? "Breach" : `Breach in ${formatSpan(horizonMs)}`;
}

interface SlaRowProps {
  readonly status: SlaStatus;
  readonly unit: Unit;
  readonly prediction: SlaPrediction | undefined;
  readonly budget: SlaBudget | undefined;
  readonly noData: Sla["noData"] | undefined;
  /** Whether its line is drawn before it is in view. */
  readonly ahead: boolean;
}

function SlaRow({ status, unit, prediction, budget, noData, ahead }: SlaRowProps): VNode {
  const { value, bounds } = describeBounds(status, unit);
  return (
    <li class={`sla-row state-${status.state}`}>
      <div class="sla-state">
        <StateBadge state={status.state} />
      </div>
      <div class="sla-name">
        <a href={linkTo(`sla/${status.slaId}`)}>{status.name}</a>
        <p>
          {reasonOf(status)}
          <OfWhich status={status} />
        </p>
      </div>
      <dl class="figures">
        <div>
          <dt>Value</dt>
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
          <dt>Bounds</dt>
          <dd>
            {bounds} {status.derived && <small>derived</small>}
          </dd>
        </div>
        <div>
          <dt>{nameBreach(prediction?.horizonMs)}</dt>
          <dd title={prediction?.reason}>
            {describeBreach(status, prediction)}
            <Likely status={status} prediction={prediction} />
            {prediction?.lacking !== undefined && <small>{countLacking(prediction.lacking)}</small>}
            <OfKnown prediction={prediction} />
          </dd>
        </div>
        <div>
          <dt>Budget left</dt>
          <dd class={(budget?.remaining ?? 0) < 0 ? "overspent" : ""}>
            {describeBudget(budget)}
            <JudgedSoFar budget={budget} noData={noData} />
          </dd>
        </div>
      </dl>
      <SlaSparkline status={status} ahead={ahead} />
    </li>
  );
}

/** Which of several series the row speaks of: its labels as such, apart from what is said of it. */
function OfWhich({ status: { series } }: { readonly status: SlaStatus }): VNode | null {
  if (series.length < 2 || isSourceDown()) return null;
  return (
    <small>
      {` · the worst of ${series.length} series, `}
      <Labels labels={labelsAmong(series[0], series)} />
    </small>
  );
}

/** Of how many of its series that is, where of others nothing is known. */
function OfKnown({ prediction }: Pick<SlaRowProps, "prediction">): VNode | null {
  if (prediction?.state !== "fresh") return null;
  const known = prediction.series.filter(({ state }) => state === "fresh").length;
  if (known === prediction.series.length) return null;
  return <small>{` of ${known} of ${prediction.series.length} series`}</small>;
}

function describeBreach(status: SlaStatus, prediction: SlaPrediction | undefined): string {
  if (prediction === undefined) return "–";
  if (prediction.state !== "fresh") return prediction.state;
  if (isSilent(prediction)) return "violated now";
  if (isOut(status, prediction)) return "out of bounds now";
  return formatProbability(prediction.probability);
}

/** When a breach is likelier than not, counted from now. */
function Likely({ status, prediction }: Pick<SlaRowProps, "status" | "prediction">): VNode | null {
  if (prediction?.state !== "fresh" || isSilent(prediction) || isOut(status, prediction)) return null;
  const breach = breachIn(prediction, "p50");
  if (breach === null) return null;
  const { inMs, atMs } = breach;
  if (inMs === 0) return <>, likely by now</>;
  return (
    <>
      {`, likely ${formatUntil(inMs)}`}
      <small class="below">{formatAhead(atMs)}</small>
    </>
  );
}

/** Whether no forecast is needed to tell. */
function isOut(status: SlaStatus, { timeToBreachMs }: SlaPrediction): boolean {
  return timeToBreachMs.p50 === 0 || isOutOfBounds(status);
}

function describeBudget(budget: SlaBudget | undefined): string {
  if (budget === undefined) return "–";
  if (budget.target === null) return "no target";
  return budget.backfill === "pending" ? "counting …" : formatLeft(budget.remaining);
}

/** Of a window that is hardly judged yet, how much of it is, as nothing is spent in the rest. */
function JudgedSoFar(
  { budget, noData = "unknown" }: Pick<SlaRowProps, "budget"> & { readonly noData?: Sla["noData"] },
): VNode | null {
  if (budget === undefined || budget.remaining === null || budget.backfill === "pending") return null;
  const knownMs = judgedMs(budget, noData);
  if (knownMs >= YOUNG_SHARE * (budget.toMs - budget.fromMs)) return null;
  return (
    <small class="below" title={`So much of ${formatWindow(budget.window)} has been judged`}>
      {formatSpan(knownMs)} judged
    </small>
  );
}

/** A window of which less is judged says so beside what is left of it. */
const YOUNG_SHARE = 0.05;

function byId<Item extends { readonly slaId: string }>(
  items: readonly Item[] = [],
): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.slaId, item]));
}
