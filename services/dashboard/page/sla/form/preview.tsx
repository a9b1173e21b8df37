import type { VNode } from "preact";
import { formatProbability } from "../../../../shared/domain/units/quantity.ts";
import { unitOfExpression } from "../../../../shared/domain/units/unit.ts";
import type { SlaDraft, SlaPreview } from "../../api/slas.ts";
import { describeBounds, isOutOfBounds, isSilent } from "../../format/bounds.ts";
import { describeMissing } from "../../format/observations.ts";
import { formatQuantity } from "../../format/quantity.ts";
import { readable } from "../../format/sentence.ts";
import { labelsAmong, tellingLabels } from "../../format/telling_labels.ts";
import { formatLength, formatSpan, formatWindow } from "../../format/time.ts";
import { Labels } from "../../parts/words/labels.tsx";
import { Panel } from "../../parts/panel.tsx";
import { ScrollRegion } from "../../parts/scroll_region.tsx";
import { StateBadge } from "../../parts/words/state_badge.tsx";
import { Time } from "../../parts/words/time.tsx";
import { describeCause } from "../describe_cause.ts";
import { lastedMs } from "../lasted_ms.ts";
import { SlaChart } from "../sla_chart.tsx";
import { boundsOf, drawnSeries, intervalsOf } from "./typed_bounds.ts";

interface PreviewProps {
  /** As it is typed: its bounds are drawn before they are judged. */
  readonly draft: Partial<SlaDraft>;
  readonly preview: SlaPreview | undefined;
  /** What keeps it from being judged. */
  readonly problem: string | undefined;
  /** Whether more of the expression must come before it can be judged. */
  readonly isHalfTyped: boolean;
  /** Whether the preview is of an older draft. */
  readonly isJudging: boolean;
}

/** What the draft would say now and would have said before. */
export function Preview({ draft, preview, problem, isHalfTyped, isJudging }: PreviewProps): VNode {
  const isStale = problem !== undefined || isHalfTyped ||
    (isJudging && preview?.sla.expression !== draft.expression);
  return (
    <Panel title="Preview" hint="Judged while you write; nothing is stored.">
      <div class="preview" role="status">
        {problem !== undefined
          ? <p class="notice notice-error">{problem}</p>
          : isHalfTyped
          ? <p class="empty">The expression is judged once it is whole.</p>
          : isJudging
          ? <p class="empty">Judging …</p>
          : preview === undefined
          ? <p class="empty">Write a metric or an expression to see how it would be judged.</p>
          : <PreviewWords preview={preview} />}
      </div>
      {preview !== undefined && (
        <div class={isStale ? "chart-stale" : ""}>
          {isStale && <p class="hint">As it was judged before:</p>}
          <PreviewChart draft={draft} preview={preview} />
        </div>
      )}
      {preview !== undefined && problem === undefined && !isHalfTyped && !isJudging && (
        <PreviewViolations
          preview={preview}
        />
      )}
    </Panel>
  );
}

function PreviewWords({ preview }: { readonly preview: SlaPreview }): VNode {
  const { sla, status, prediction, violations, samples } = preview;
  const unit = unitOfExpression(sla.expression);
  const { window, count, missing, stepMs, fromMs, toMs } = violations;
  const isPart = missing !== null && missing > 0;
  const { value, bounds } = describeBounds({ value: status.value, min: sla.min, max: sla.max }, unit, {
    asTyped: true,
  });
  if (
    status.value === null && samples.series.every(({ values }) => values.every((value) => value === null))
  ) {
    return (
      <>
        <p>
          <StateBadge state={status.state} />{" "}
          There is nothing to judge: the expression yields no series, now or in the last{" "}
          {formatWindow(window)}. Is it spelled as the metrics source does?
        </p>
        {sla.warnings.map((warning) => <p key={warning} class="notice">{readable(warning)}</p>)}
      </>
    );
  }
  // At risk by its prediction, the reason tells the probability already.
  const isToldBefore = status.state === "at_risk" && prediction.probability !== null &&
    status.reason.includes(`: ${formatProbability(prediction.probability)}`);
  return (
    <>
      <p>
        <StateBadge state={status.state} /> {readable(status.reason)}
      </p>
      <p>
        Bounds {bounds}
        {sla.derivedFrom !== null &&
          `, taken from the last ${formatSpan(sla.derivedFrom.toMs - sla.derivedFrom.fromMs)}`}; now {value}
        {status.series.length > 1 && (
          <>
            , the worst of {status.series.length} series,{" "}
            <Labels labels={labelsAmong(status.series[0], status.series)} />
          </>
        )}.
      </p>
      <p>
        {count === null
          ? violations.reason
          : violations.series.every(({ intervals }) => intervals.length === 0)
          ? `Never violated in ${isPart ? "what was seen of " : ""}the last ${formatWindow(window)}`
          : describeCount(preview)}.{isPart &&
          ` ${describeMissing(missing * stepMs, toMs - fromMs, sla.noData)}`}
      </p>
      <p>
        {isOutOfBounds({ value: status.value, min: sla.min, max: sla.max })
          ? "It is out of bounds now."
          : isSilent(prediction)
          ? "It is violated now, for want of samples."
          : prediction.state === "fresh"
          ? (
            <>
              {isToldBefore
                ? `The probability above is that of the next ${formatSpan(prediction.horizonMs)}`
                : `A violation within ${formatSpan(prediction.horizonMs)}: ${
                  formatProbability(prediction.probability)
                }`}
              {prediction.series.length > 1 && (
                <>
                  , of <Labels labels={labelsAmong(prediction.series[0], prediction.series)} />
                </>
              )}.
            </>
          )
          : `No prediction: ${readable(prediction.reason ?? prediction.state)}.`}
      </p>
      {sla.warnings.map((warning) => <p key={warning} class="notice">{readable(warning)}</p>)}
    </>
  );
}

/** How often and how long in all: of each series, as the table below. */
function describeCount({ violations: { window, series } }: SlaPreview): string {
  const intervals = series.flatMap((one) => one.intervals);
  const totalMs = intervals.reduce((sum, interval) => sum + lastedMs(interval), 0);
  const times = intervals.length === 1 ? "once" : `${intervals.length.toLocaleString("en-US")} times`;
  const violated = series.filter((one) => one.intervals.length > 0).length;
  return `It would have been violated ${times} in the last ${formatWindow(window)}, ${
    formatLength(totalMs)
  } in all${series.length > 1 ? `, added up over ${violated} of its ${series.length} series` : ""}`;
}

/** The samples that were judged, between the bounds as they are typed. */
function PreviewChart(
  { draft, preview }: { readonly draft: Partial<SlaDraft>; readonly preview: SlaPreview },
): VNode | null {
  const { sla, samples } = preview;
  const series = drawnSeries(preview);
  if (series === undefined) return null;
  const bounds = boundsOf(draft, sla);
  return (
    <>
      <SlaChart
        name="Preview"
        unit={unitOfExpression(sla.expression)}
        samples={samples}
        shown={series.seriesId}
        bounds={bounds}
        intervals={intervalsOf(preview, bounds)}
        height={220}
      />
      {samples.series.length > 1 && (
        <p class="hint">
          The line is of <Labels labels={labelsAmong(series, samples.series)} />.
        </p>
      )}
    </>
  );
}

/** The newest violations it would have had. */
function PreviewViolations({ preview }: { readonly preview: SlaPreview }): VNode | null {
  const unit = unitOfExpression(preview.sla.expression);
  const { series } = preview.violations;
  const all = series.map(({ labels }) => labels);
  const intervals = series.flatMap(({ labels, intervals }) => intervals.map((one) => ({ ...one, labels })))
    .sort((a, b) => b.fromMs - a.fromMs);
  if (intervals.length === 0) return null;
  return (
    <ScrollRegion label="Violations it would have had">
      <table>
        <caption>{intervals.length > NEWEST ? `The newest ${NEWEST}` : "Each of them"}</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col" class="number">Lasted</th>
            <th scope="col">Why</th>
            <th scope="col" class="number">Worst</th>
            {series.length > 1 && <th scope="col">Series</th>}
          </tr>
        </thead>
        <tbody>
          {intervals.slice(0, NEWEST).map(({ fromMs, toMs, cause, bound, worst, ongoing, labels }, k) => (
            <tr key={`${k}-${fromMs}`}>
              <td>
                <Time atMs={fromMs} />
              </td>
              <td class="number">{formatLength(lastedMs({ fromMs, toMs }))}{ongoing && ", ongoing"}</td>
              <td>{describeCause({ cause, bound })}</td>
              <td class="number">{formatQuantity(worst, unit, "full")}</td>
              {series.length > 1 && (
                <td>
                  <Labels labels={tellingLabels(labels, all)} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const NEWEST = 5;
