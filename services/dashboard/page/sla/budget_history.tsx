import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { readBudgetHistory, type Sla, type SlaBudgetHistory } from "../api/slas.ts";
import type { ChartLine } from "../charts/data/chart_line.ts";
import type { Track } from "../charts/data/time_table.ts";
import { TimeChart } from "../charts/time_chart.tsx";
import { asSentence } from "../format/sentence.ts";
import { describeSpendingLines } from "../format/spending.ts";
import { type LabelSet, tellingLabels } from "../format/telling_labels.ts";
import { formatAhead, formatSpan, formatUntil, formatWindow } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { AsOf } from "../parts/words/as_of.tsx";
import { Labels } from "../parts/words/labels.tsx";
import { Panel } from "../parts/panel.tsx";
import { judgedStartMs } from "./judged_start.ts";
import { projectedEndMs } from "./projected_end.ts";
import { revisionOf } from "./revision_of.ts";
import { spentTrack } from "./spent_track.ts";
import { describeGaps, describeSpending } from "./spent_time.ts";

/** Below this an even pace would be a flat line at the top, and says nothing. */
const OVERSPENT_FAR = -2;

/** How the budget was spent over its window, beside spending it evenly, and where it leads. */
export function BudgetHistory(
  { sla, all }: {
    readonly sla: Sla;
    /** The label sets of the SLA. */
    readonly all: readonly LabelSet[];
  },
): VNode {
  const everyMs = useRef(3_000);
  const history = useLive(
    `budget-history-${revisionOf(sla)}`,
    (signal) => readBudgetHistory(sla.id, signal),
    everyMs.current,
  );
  // Unknown is soon as well: what is set here holds from the next answer on.
  everyMs.current = history.value === undefined || history.value.backfill === "pending" ? 3_000 : 60_000;
  return (
    <Panel title="How the budget was spent">
      <Answer of={history} what="how the budget was spent" heightPx={[290, 340]}>
        {(value) =>
          value.backfill === "pending"
            ? <p class="empty">Counting the past: the chart comes when it is counted.</p>
            : value.remaining.every((left) => left === null)
            ? <p class="empty">{asSentence(value.reason ?? "nothing has been accounted yet")}</p>
            : <BurnDown history={value} noData={sla.noData} all={all} />}
      </Answer>
    </Panel>
  );
}

function BurnDown(
  { history, noData, all }: {
    readonly history: SlaBudgetHistory;
    readonly noData: Sla["noData"];
    readonly all: readonly LabelSet[];
  },
): VNode {
  const { name, window, fromMs, toMs, projected, reason } = history;
  const spent = spentTrack(history);
  const left = spent.values.at(-1) ?? null;
  const isFar = left !== null && left < OVERSPENT_FAR;
  const startMs = judgedStartMs(history);
  const isYoung = startMs > fromMs;
  const sinceMs = toMs - (history.judgedFromMs ?? fromMs);
  const missingMs = history.missingMs.reduce((sum, ms) => sum + ms, 0);
  const isProjected = projected !== null && left !== null && left > 0;
  const endMs = isProjected ? projectedEndMs({ startMs, nowMs: toMs, exhaustedMs: projected.atMs }) : toMs;
  const isUnspent = isYoung && left !== null && left >= 1;
  const pace: ChartLine = {
    label: "evenly",
    colour: "muted",
    dashed: true,
    track: {
      timesMs: spent.timesMs,
      values: spent.timesMs.map((timeMs) => 1 - (timeMs - fromMs) / (toMs - fromMs)),
    },
  };
  // Of a window that is hardly begun, the end of that line would look like what must be left.
  const isOverspent = left !== null && left < 0;
  const isEven = !isYoung && !isFar;
  const lines: ChartLine[] = [...(isEven ? [pace] : []), { label: "left", colour: "history", track: spent }];
  if (isProjected) {
    lines.push({
      label: "at the rate of the last 6 h",
      colour: "forecast",
      dashed: true,
      track: trackUntil(projected, endMs),
    });
  }
  return (
    <>
      <AsOf atMs={toMs} />
      {!isUnspent && <p class="hint">{describeSpendingLines({ isEven, isProjected, isOverspent })}</p>}
      {all.length > 1 && (
        <p class="hint">
          Of <Labels labels={tellingLabels(history.labels, all)} />, which has the least left.
        </p>
      )}
      <p>{describeSpending(history, noData)}</p>
      <TimeChart
        name="budget"
        title={`${name}: budget left over ${formatWindow(window)}`}
        unit={{ base: "ratio" }}
        lines={lines}
        range={{ fromMs: startMs, toMs: endMs }}
        nowMs={endMs > toMs ? toMs : undefined}
        values={[0, 1]}
        bounds={isOverspent ? [{ label: "nothing left:", value: 0 }] : undefined}
        height={220}
      />
      {isYoung && (
        <p class="hint">
          {isUnspent
            ? "Of"
            : `The last ${formatSpan(sinceMs)} are judged${describeGaps(missingMs, noData)}: of`}{" "}
          the window of {formatWindow(window)} only the end is shown.
        </p>
      )}
      {isProjected && (
        <p class="hint">
          At the rate of the last 6 h ({Number(projected.burnRate.toFixed(2))}× what the target allows)
          nothing will be left {formatAhead(projected.atMs, toMs)}, {formatUntil(projected.atMs - toMs)}
          {projected.atMs > endMs && ", beyond this chart"}; old spending that leaves the window is counted
          off.
        </p>
      )}
      {projected === null && reason !== undefined && !isUnspent && <p class="hint">{asSentence(reason)}</p>}
    </>
  );
}

/** A projected curve up to a moment, to which its last piece is cut. */
function trackUntil(
  { timesMs, remaining }: NonNullable<SlaBudgetHistory["projected"]>,
  endMs: number,
): Track {
  const beyond = timesMs.findIndex((timeMs) => timeMs >= endMs);
  if (beyond < 1) return { timesMs, values: remaining };
  const [fromMs, toMs] = [timesMs[beyond - 1], timesMs[beyond]];
  const share = (endMs - fromMs) / (toMs - fromMs);
  const last = remaining[beyond - 1] + share * (remaining[beyond] - remaining[beyond - 1]);
  return {
    timesMs: [...timesMs.slice(0, beyond), endMs],
    values: [...remaining.slice(0, beyond), last],
  };
}
