import type { VNode } from "preact";
import type { SlaPreview } from "../api/slas.ts";
import { formatProbability, formatQuantity } from "../../../shared/domain/quantity.ts";
import { unitOfExpression } from "../../../shared/domain/unit.ts";
import { formatSpan, formatWindow } from "../format/time.ts";
import { describeBounds } from "../overview/sla_list.tsx";
import { Panel } from "../parts/panel.tsx";
import { StateBadge } from "../parts/state_badge.tsx";

/** What the draft would say now and would have said before. */
export function Preview(
  { preview, error }: { readonly preview: SlaPreview | undefined; readonly error: Error | undefined },
): VNode {
  return (
    <Panel title="Preview" hint="Judged while you write; nothing is stored.">
      <div role="status">
        {error !== undefined && <p class="notice notice-error">{error.message}</p>}
        {preview === undefined && error === undefined && (
          <p class="empty">Write a metric or an expression to see how it would be judged.</p>
        )}
        {preview !== undefined && <PreviewWords preview={preview} />}
      </div>
    </Panel>
  );
}

function PreviewWords({ preview }: { readonly preview: SlaPreview }): VNode {
  const { sla, status, prediction, violations } = preview;
  const unit = unitOfExpression(sla.expression);
  const { window, count, violatedMs, missing } = violations;
  return (
    <>
      <p>
        <StateBadge state={status.state} /> {status.reason}
      </p>
      <p>
        Bounds {describeBounds(sla.min, sla.max, unit)}
        {sla.derived && ", taken from the last 30 minutes"}; now {formatQuantity(status.value, unit)};{" "}
        {status.series.length} {status.series.length === 1 ? "series" : "series, the worst is told"}.
      </p>
      <p>
        {count === null
          ? violations.reason
          : count === 0
          ? `Never violated in the last ${formatWindow(window)}`
          : `It would have been violated ${count === 1 ? "once" : `${count} times`} in the last ${
            formatWindow(window)
          }, ${formatSpan(violatedMs)} in all`}
        {missing !== null && missing > 0 && `; ${missing} steps without a sample`}.
      </p>
      <p>
        {prediction.state === "fresh"
          ? `A violation within ${formatSpan(prediction.horizonMs)}: ${
            formatProbability(prediction.probability)
          }.`
          : `No prediction: ${prediction.reason ?? prediction.state}.`}
      </p>
      {sla.warnings.map((warning) => <p key={warning} class="notice">{warning}</p>)}
    </>
  );
}
