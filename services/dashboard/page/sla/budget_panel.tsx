import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { JUDGED_SHARE_MIN } from "../../../shared/domain/sla/judged_share_min.ts";
import { readDuration } from "../../../shared/domain/units/duration_text.ts";
import { formatShare, shareDecimals } from "../../../shared/domain/units/quantity.ts";
import { readBudget, type Sla, type SlaBudget } from "../api/slas.ts";
import { formatExactly } from "../format/quantity.ts";
import { asSentence, asToldAt } from "../format/sentence.ts";
import { formatBurnRate, formatSpent } from "../format/spending.ts";
import { labelsAmong } from "../format/telling_labels.ts";
import { formatSpan, formatUntil, formatWindow } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { AsOf } from "../parts/words/as_of.tsx";
import { Labels } from "../parts/words/labels.tsx";
import { Time } from "../parts/words/time.tsx";
import { Panel } from "../parts/panel.tsx";
import { ScrollRegion } from "../parts/scroll_region.tsx";
import { SlasPast } from "../parts/progress/slas_past.tsx";
import { revisionOf } from "./revision_of.ts";
import { describeWithout, judgedMs, spentMs } from "./spent_time.ts";

/** While the past is counted, so that its progress moves. */
const PENDING_EVERY_MS = 2_000;

/** What the target allows, what is spent, and how fast. */
export function BudgetPanel({ sla }: { readonly sla: Sla }): VNode {
  const everyMs = useRef(PENDING_EVERY_MS);
  const budget = useLive(
    `budget-${revisionOf(sla)}`,
    (signal) => readBudget(sla.id, signal),
    everyMs.current,
  );
  // Unknown is soon as well: what is set here holds from the next answer on.
  everyMs.current = budget.value === undefined || budget.value.backfill === "pending"
    ? PENDING_EVERY_MS
    : 30_000;
  return (
    <Panel title="Error budget">
      <Answer of={budget} what="the budget" heightPx={[200, 230]}>
        {(value) =>
          value.target === null
            ? (
              <p class="empty">
                No target: give this SLA one (such as 0.999) to see how much of its budget is left.
              </p>
            )
            : value.backfill === "pending"
            ? <SlasPast budgets={[value]} />
            : value.compliance === null
            ? <p class="empty">{asSentence(value.reason ?? "nothing has been judged yet")}</p>
            : <Figures budget={value} noData={sla.noData} stepMs={readDuration(sla.step)} />}
      </Answer>
    </Panel>
  );
}

function Figures(
  { budget, noData, stepMs }: {
    readonly budget: SlaBudget;
    readonly noData: Sla["noData"];
    readonly stepMs: number;
  },
): VNode {
  const {
    window,
    fromMs,
    toMs,
    compliance,
    remaining,
    budgetMs,
    missingMs,
    burnRates,
    spentRates,
    burnAlerts,
    judgedShares,
    exhaustedInMs,
    series,
  } = budget;
  const rates = (Object.keys(burnRates) as (keyof typeof burnRates)[]).map((over) => {
    const [burnRate, spentRate, judgedShare] = [burnRates[over], spentRates[over], judgedShares[over]];
    return { over, rate: formatBurnRate({ burnRate, spentRate, judgedShare }) };
  });
  const isRateKnown = judgedShares["6h"] >= JUDGED_SHARE_MIN;
  const isSpent = remaining !== null && remaining < 0;
  const [outMs, knownMs] = [spentMs(budget, noData), judgedMs(budget, noData)];
  const left = Math.max(0, Math.min(1, remaining ?? 0));
  return (
    <>
      <AsOf atMs={toMs} />
      <p class="big">
        {isSpent ? "Overspent" : `${formatShare(remaining, 1)} left`}{" "}
        <small>{describeLeft(budget, outMs)}</small>
      </p>
      <div
        class={isSpent ? "meter meter-spent" : "meter"}
        role="meter"
        aria-label="Budget left"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(left * 100)}
      >
        <span style={{ width: `${left * 100}%` }} />
      </div>
      {series.length > 1 && (
        <p class="hint">
          Of <Labels labels={labelsAmong(series[0], series)} />, the one of {series.length}{" "}
          series with the least left.
        </p>
      )}
      <dl class="figures pairs">
        <div>
          <dt>in bounds</dt>
          <dd>{formatShare(compliance, shareDecimals(knownMs / stepMs))} of the time judged</dd>
        </div>
        <div>
          <dt>out of bounds</dt>
          <dd>{outMs === 0 ? "never" : `for ${formatSpan(outMs)}`}, {formatSpan(budgetMs)} allowed</dd>
        </div>
        <div>
          <dt>without samples</dt>
          <dd>{describeWithout(missingMs, noData)}</dd>
        </div>
        <div>
          <dt>used up</dt>
          <dd>
            {isSpent
              ? "already"
              : !isRateKnown
              ? "too early to tell"
              : exhaustedInMs === null
              ? "not at this rate"
              : `${formatUntil(exhaustedInMs)}, at the rate of the last 6 h`}
          </dd>
        </div>
      </dl>
      <ScrollRegion label="Burn rates">
        <table class="burn-rates">
          <caption>Burn rates, times what the target allows</caption>
          <thead>
            <tr>
              {rates.map(({ over }) => <th key={over} scope="col">{formatWindow(over)}</th>)}
            </tr>
          </thead>
          <tbody>
            <tr>
              {rates.map(({ over, rate }) => <td key={over}>{rate}</td>)}
            </tr>
          </tbody>
        </table>
      </ScrollRegion>
      <p class="hint">
        At 1× the budget would last just as long as its window, at 10× a tenth of that.
        {rates.some(({ rate }) => rate === "–") && " –: less than half of that time has been judged."}
        {rates.some(({ rate }) => rate.startsWith("≥")) &&
          " ≥: less than half of that time has been judged; what was out of bounds in it is already so many times what " +
            "all of it allows, and that is what alerts go by."}
      </p>
      {burnAlerts.map(({ rule, sinceMs, reason }) => (
        <p key={rule} class="notice">
          ▲ Alert since <Time atMs={sinceMs} />: {asToldAt(reason, sinceMs)}
        </p>
      ))}
      {knownMs < (toMs - fromMs) / 2 && (
        <p class="hint">
          So far {formatSpan(knownMs)} of {formatWindow(window)} have been judged{series.length > 1 &&
            " of that series"}
          {noData === "unknown" && missingMs > 0 &&
            `, ${formatSpan(missingMs)} without samples left out`}; the rest is taken for time in which
          nothing was spent.
        </p>
      )}
    </>
  );
}

const RATIO = { base: "ratio" };

/** What the number speaks of: the time out of bounds that the target allows, and how much there was. */
function describeLeft({ remaining, budgetMs, target, window }: SlaBudget, outMs: number): string {
  const allows = `that ${target === null ? "it" : formatExactly(target, RATIO)} over ${
    formatWindow(window)
  } allows`;
  if (remaining === null || remaining >= 0) return `of the ${formatSpan(budgetMs)} out of bounds ${allows}`;
  return `${formatSpan(outMs)} out of bounds: ${formatSpent(1 - remaining)} the ${
    formatSpan(budgetMs)
  } ${allows}`;
}
