import type { VNode } from "preact";
import { type Unit, unitOfExpression } from "../../../shared/domain/units/unit.ts";
import { readViolations, type Sla, type SlaSamples, type SlaStatus } from "../api/slas.ts";
import { isSourceDown } from "../current_outages.ts";
import { describeBounds } from "../format/bounds.ts";
import { formatQuantity, formatTogether } from "../format/quantity.ts";
import { labelsAmong } from "../format/telling_labels.ts";
import { formatAgo, formatSpan } from "../format/time.ts";
import { type Live, useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Choice } from "../parts/choice.tsx";
import { Labels } from "../parts/words/labels.tsx";
import { Panel } from "../parts/panel.tsx";
import { reasonOf } from "../parts/words/reason_of.ts";
import { StateBadge } from "../parts/words/state_badge.tsx";
import { Ago, Time } from "../parts/words/time.tsx";
import { route, updateQuery, zoomTo } from "../route.ts";
import { intervalsAsOf } from "./intervals_as_of.ts";
import { revisionOf } from "./revision_of.ts";
import { shownSpan } from "./shown_span.ts";
import { SlaChart } from "./sla_chart.tsx";

const WINDOWS = [["1h", "1 h"], ["3h", "3 h"], ["12h", "12 h"]] as const;

const RECENT_MS = 1_800_000;

interface StatusPanelProps {
  readonly sla: Sla;
  readonly status: Live<SlaStatus>;
  /** Of the time that is shown. */
  readonly samples: Live<SlaSamples>;
}

/** The state now, why, and the line it comes from. */
export function StatusPanel({ sla, status, samples }: StatusPanelProps): VNode {
  const { id } = sla;
  const { series: chosen = "" } = route.value.query;
  const { window, zoom, view, asked } = shownSpan(sla);
  const violations = useLive(
    `violations-${revisionOf(sla)}?${view}`,
    (signal) => readViolations(id, asked(), signal),
    15_000,
  );
  const unit = unitOfExpression(sla.expression);
  const all = status.value?.series ?? [];
  const shown = chosen || all[0]?.seriesId || "";
  const drawn = all.find(({ seriesId }) => seriesId === shown);
  const intervals = intervalsAsOf(
    drawn,
    violations.value?.series.find(({ seriesId }) => seriesId === shown)?.intervals ?? [],
    violations.value?.stepMs ?? 0,
  );
  return (
    <Panel
      title="Now"
      actions={
        <Choice
          label="Window"
          options={WINDOWS}
          value={zoom === undefined ? window : ""}
          onChoose={(value) => updateQuery({ window: value, from: undefined, to: undefined })}
        />
      }
    >
      <Answer of={status} what="the status" heightPx={[80, 190]}>
        {(value) => <StatusWords status={value} unit={unit} />}
      </Answer>
      <Answer of={samples} what="the samples" fromSource heightPx={[325, 345]}>
        {(value) => (
          <SlaChart
            name={sla.name}
            unit={unit}
            bounds={sla}
            {...{ samples: value, shown, intervals, zoom }}
            onRange={zoomTo}
          />
        )}
      </Answer>
      {all.length > 1 && (
        <p class="hint">
          The line is of <Labels labels={labelsAmong(drawn ?? { labels: {} }, all)} />; choose another below.
        </p>
      )}
      {all.length > 1 && <SeriesChoice status={status.value!} shown={shown} unit={unit} />}
    </Panel>
  );
}

function StatusWords({ status, unit }: { readonly status: SlaStatus; readonly unit: Unit }): VNode {
  const { recent } = status;
  const { value, bounds } = describeBounds(status, unit, { asTyped: true });
  const [least, greatest, mean] = formatTogether([recent.min, recent.max, recent.mean], unit, "full");
  return (
    <>
      <p class="verdict">
        <StateBadge state={status.state} /> {reasonOf(status)}
      </p>
      {status.series.length > 1 && (
        <p class="hint">
          Said of <Labels labels={labelsAmong(status.series[0], status.series)} />, the worst of{" "}
          {status.series.length} series.
        </p>
      )}
      <dl class="figures">
        <div>
          <dt>value</dt>
          <dd>{value}</dd>
        </div>
        <div>
          <dt>bounds{status.derived && " (derived)"}</dt>
          <dd>{bounds}</dd>
        </div>
        <div class="wide">
          <dt>{spanOf(recent)}</dt>
          <dd>
            {recent.mean === null ? "–" : `${least} … ${greatest}, mean ${mean}`}
          </dd>
        </div>
        <div>
          <dt title="By the grid of samples: it was taken up to a step later">observed</dt>
          <dd>
            <Ago atMs={status.observedAtMs} />
          </dd>
        </div>
        <div>
          <dt>judged</dt>
          <dd>{status.evaluatedAtMs === null ? "not yet" : formatAgo(status.evaluationAgeMs ?? 0)}</dd>
        </div>
        <div class="wide">
          <dt>in this state</dt>
          <dd>
            {status.sinceMs === null ? "–" : (
              <>
                {status.sinceAtLeast && "at least "}since <Time atMs={status.sinceMs} />
                {isKnownLater(status) && (
                  <>
                    {" "}by its samples, known since <Time atMs={status.knownSinceMs} />
                  </>
                )}
                {/* Its history has the same moment; the top of the page an earlier one. */}
                {status.state === "unknown" && isSourceDown(status.sinceMs) &&
                  ", the first time it was judged without the source"}
              </>
            )}
          </dd>
        </div>
      </dl>
    </>
  );
}

/** Whether its samples tell of a time in which nobody judged by them. */
function isKnownLater({ sinceMs, knownSinceMs }: SlaStatus): boolean {
  return sinceMs !== null && knownSinceMs !== null && sinceMs < knownSinceMs;
}

function SeriesChoice(
  { status, shown, unit }: { readonly status: SlaStatus; readonly shown: string; readonly unit: Unit },
): VNode {
  return (
    <ul class="series-choice" tabIndex={0} aria-label="Series of this SLA, worst first">
      {status.series.map((one) => (
        <li key={one.seriesId}>
          <button
            type="button"
            class="link"
            aria-pressed={one.seriesId === shown}
            onClick={() => updateQuery({ series: one.seriesId })}
          >
            <StateBadge state={one.state} /> <Labels labels={labelsAmong(one, status.series)} />{" "}
            {formatQuantity(one.value, unit, "full")}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** How much of the last 30 minutes was seen. */
function spanOf({ fromMs, toMs }: SlaStatus["recent"]): string {
  const seenMs = fromMs === undefined || toMs === undefined ? RECENT_MS : Math.min(RECENT_MS, toMs - fromMs);
  return `last ${formatSpan(seenMs)}`;
}
