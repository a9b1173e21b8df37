import type { VNode } from "preact";
import { formatShare } from "../../../shared/domain/units/quantity.ts";
import { readBudgetHistory, type SlaBudgetHistory } from "../api/slas.ts";
import type { ChartLine } from "../charts/chart_line.ts";
import { TimeChart } from "../charts/time_chart.tsx";
import { asSentence } from "../format/sentence.ts";
import { describeSpendingLines, formatSpent } from "../format/spending.ts";
import { type LabelSet, tellingLabels } from "../format/telling_labels.ts";
import { formatSpan, formatWindow } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Labels } from "../parts/labels.tsx";
import { Panel } from "../parts/panel.tsx";
import { Time } from "../parts/time.tsx";
import { judgedStartMs } from "./judged_start.ts";

/** A line that ends below the first would press all before into the top of the chart, which then ends at the second. */
const OVERSPENT_FAR = -2;
const OVERSPENT_SHOWN = -1;

/** How the budget was spent over its window, beside spending it evenly, and where it leads. */
export function BudgetHistory(
  { id, all }: {
    readonly id: string;
    /** The label sets of the SLA. */
    readonly all: readonly LabelSet[];
  },
): VNode {
  const history = useLive(`budget-history-${id}`, (signal) => readBudgetHistory(id, signal), 60_000);
  return (
    <Panel title="How the budget was spent">
      <Answer of={history} what="how the budget was spent" heightPx={[290, 340]}>
        {(value) =>
          value.remaining.every((left) => left === null)
            ? <p class="empty">{asSentence(value.reason ?? "nothing has been accounted yet")}</p>
            : <BurnDown history={value} all={all} />}
      </Answer>
    </Panel>
  );
}

function BurnDown(
  { history, all }: { readonly history: SlaBudgetHistory; readonly all: readonly LabelSet[] },
): VNode {
  const { name, window, fromMs, toMs, projected } = history;
  const spent = spentTrack(history);
  const left = spent.values.at(-1) ?? null;
  const isFar = left !== null && left < OVERSPENT_FAR;
  const startMs = judgedStartMs(history);
  const isYoung = startMs > fromMs;
  // A projection far beyond would press the past into a corner.
  const endMs = projected === null ? toMs : Math.min(projected.atMs, toMs + (toMs - startMs) / 3);
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
  const lines: ChartLine[] = [...(isYoung ? [] : [pace]), { label: "left", colour: "history", track: spent }];
  const isProjected = projected !== null && left !== null && left > 0;
  if (isProjected) {
    const share = (endMs - toMs) / (projected.atMs - toMs);
    lines.push({
      label: "at the rate of the last 6 h",
      colour: "forecast",
      dashed: true,
      track: { timesMs: [toMs, endMs], values: [left, left * (1 - share)] },
    });
  }
  return (
    <>
      <p class="hint">{describeSpendingLines({ isEven: !isYoung, isProjected })}</p>
      {all.length > 1 && (
        <p class="hint">
          Of <Labels labels={tellingLabels(history.labels, all)} />, which has the least left.
        </p>
      )}
      <p>{describeSpending(history)}</p>
      <TimeChart
        name="budget"
        title={`${name}: budget left over ${formatWindow(window)}`}
        unit={{ base: "ratio" }}
        lines={lines}
        range={{ fromMs: startMs, toMs: endMs }}
        nowMs={endMs > toMs ? toMs : undefined}
        values={[0, 1]}
        clip={isFar ? [OVERSPENT_SHOWN, 1] : undefined}
        height={220}
      />
      {isYoung && (
        <p class="hint">
          Judging began {formatSpan(toMs - history.judgedFromMs!)} ago: of the window of{" "}
          {formatWindow(window)} only the end is shown.
        </p>
      )}
      {isFar && (
        <p class="hint">
          The line goes on below the chart, to −{Math.round(-100 * left).toLocaleString("en-US")} %.
        </p>
      )}
      {isProjected && (
        <p class="hint">
          At the rate of the last 6 h ({Number(projected.burnRate.toFixed(2))}× what the target allows)
          nothing will be left at <Time atMs={projected.atMs} />, in {formatSpan(projected.atMs - toMs)}.
        </p>
      )}
    </>
  );
}

/** What was left at the end of each step, from 1 at the start of the window. */
function spentTrack({ fromMs, toMs, stepMs, remaining }: SlaBudgetHistory) {
  return {
    timesMs: [fromMs, ...remaining.map((_, k) => Math.min(toMs, fromMs + (k + 1) * stepMs))],
    values: [1, ...remaining],
  };
}

/** In words: what is left, since when nothing is, and when most was spent at once. */
function describeSpending({ remaining, badMs, fromMs, stepMs, window }: SlaBudgetHistory): string {
  const left = remaining.at(-1) ?? null;
  const worst = badMs.reduce((best, spentMs, k) => spentMs > badMs[best] ? k : best, 0);
  if (left === null || badMs[worst] === 0) {
    return `Nothing of it was spent in the last ${formatWindow(window)}.`;
  }
  const emptyAt = remaining.findIndex((share) => share !== null && share <= 0);
  const day = (k: number) =>
    new Date(fromMs + k * stepMs).toLocaleString(undefined, {
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  const most = `Most at once: ${formatSpan(badMs[worst])} out of bounds within ${formatSpan(stepMs)}, from ${
    day(worst)
  }.`;
  if (emptyAt < 0) return `${formatShare(left, 1)} is left. ${most}`;
  const spent = left < 0 ? `; ${formatSpent(1 - left)} what is allowed was spent` : "";
  return `Nothing is left since ${day(emptyAt)}${spent}. ${most}`;
}
