import type { VNode } from "preact";
import type { SlaBudget } from "../../api/slas.ts";
import { formatSpan } from "../../format/time.ts";

/** The SLAs whose past is still being read in, and how far each is. */
export function SlasPast({ budgets }: { readonly budgets: readonly SlaBudget[] }): VNode | null {
  const pending = budgets.filter(({ backfill, target }) => backfill === "pending" && target !== null);
  if (pending.length === 0) return null;
  const total = pending.reduce((sum, { backfillTotalMs }) => sum + backfillTotalMs, 0);
  const done = pending.reduce((sum, { backfillDoneMs }) => sum + backfillDoneMs, 0);
  return (
    <section class="panel under-way" aria-label="Past under way">
      <p role="status">
        Counting the past of {pending.length === 1
          ? `“${pending[0].name}”: its budget is`
          : `${pending.length} SLAs: their budgets are`} told when all of it is counted.
      </p>
      <div class="progress">
        <progress aria-label="Past counted" max={Math.max(1, total)} value={done} />
        <span>{total === 0 ? "waiting" : `${formatSpan(done)} of ${formatSpan(total)}`}</span>
      </div>
    </section>
  );
}
