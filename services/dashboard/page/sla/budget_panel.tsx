import type { VNode } from "preact";
import { formatShare } from "../../../shared/domain/units/quantity.ts";
import { readBudget, type SlaBudget } from "../api/slas.ts";
import { asSentence } from "../format/sentence.ts";
import { formatSpent } from "../format/spending.ts";
import { formatSpan, formatWindow } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { ScrollRegion } from "../parts/scroll_region.tsx";
import { SlasPast } from "../parts/slas_past.tsx";

/** Below this share of a window judged its burn rate says too little to be shown. */
const JUDGED_SHARE_MIN = 0.5;

/** What the target allows, what is spent, and how fast. */
export function BudgetPanel({ id }: { readonly id: string }): VNode {
  const budget = useLive(`budget-${id}`, (signal) => readBudget(id, signal), 30_000);
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
            : value.compliance === null
            ? (
              <>
                <SlasPast budgets={[value]} />
                <p class="empty">{asSentence(value.reason ?? "nothing has been judged yet")}</p>
              </>
            )
            : <Figures budget={value} />}
      </Answer>
    </Panel>
  );
}

function Figures({ budget }: { readonly budget: SlaBudget }): VNode {
  const {
    target,
    window,
    compliance,
    remaining,
    budgetMs,
    badMs,
    missingMs,
    burnRates,
    judgedShares,
    exhaustedInMs,
    reason,
  } = budget;
  const rates = (Object.keys(burnRates) as (keyof typeof burnRates)[]).map((over) => ({
    over,
    rate: judgedShares[over] < JUDGED_SHARE_MIN ? null : burnRates[over],
  }));
  const isSpent = remaining !== null && remaining < 0;
  const left = Math.max(0, Math.min(1, remaining ?? 0));
  return (
    <>
      <p class="big">
        {isSpent ? "Overspent" : formatShare(remaining, 1)}{" "}
        <small>
          {isSpent ? formatSpent(1 - remaining) : "left of"} what {formatShare(target, 3)} over{" "}
          {formatWindow(window)} allows{isSpent && " is spent"}
        </small>
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
      {reason !== undefined && <p class="notice">{asSentence(reason)}</p>}
      <SlasPast budgets={[budget]} />
      <dl class="figures">
        <div>
          <dt>in bounds</dt>
          <dd>{formatShare(compliance, 3)}</dd>
        </div>
        <div>
          <dt>out of bounds</dt>
          <dd>{formatSpan(badMs)} of {formatSpan(budgetMs)}</dd>
        </div>
        <div>
          <dt>without samples</dt>
          <dd>{formatSpan(missingMs)}</dd>
        </div>
        <div>
          <dt>used up</dt>
          <dd>
            {isSpent
              ? "already"
              : exhaustedInMs === null
              ? "not at this rate"
              : `in ${formatSpan(exhaustedInMs)} at this rate`}
          </dd>
        </div>
      </dl>
      <ScrollRegion label="Burn rates">
        <table>
          <thead>
            <tr>
              <th scope="col">Burn rate over</th>
              {rates.map(({ over }) => <th key={over} scope="col">{formatWindow(over)}</th>)}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">times what the target allows</th>
              {rates.map(({ over, rate }) => (
                <td key={over}>
                  {rate === null ? "–" : `${Number(rate.toFixed(2)).toLocaleString("en-US")}×`}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </ScrollRegion>
      {rates.some(({ rate }) => rate === null) && (
        <p class="hint">–: less than half of that time has been judged.</p>
      )}
    </>
  );
}
