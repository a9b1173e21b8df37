import type { VNode } from "preact";
import { readEvents, type SlaStatus } from "../api/slas.ts";
import { readable } from "../format/sentence.ts";
import { type LabelSet, tellingLabels } from "../format/telling_labels.ts";
import { type Live, useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Labels } from "../parts/words/labels.tsx";
import { Panel } from "../parts/panel.tsx";
import { StateBadge } from "../parts/words/state_badge.tsx";
import { Time } from "../parts/words/time.tsx";
import { currentEvents, type HistoryLine } from "./current_events.ts";

/** What is told that is no state, by where it led. */
const TOLD: Readonly<Record<string, string>> = {
  firing: "▲ budget burns too fast",
  resolved: "✓ burn-rate alert ended",
  forgotten: "series gone",
  edited: "✎ edited",
};

interface EventsPanelProps {
  readonly id: string;
  /** What the page says of now; the history goes up to there. */
  readonly status: Live<SlaStatus>;
}

/** What changed, newest first; kept beyond the life of the samples. */
export function EventsPanel({ id, status }: EventsPanelProps): VNode {
  const now = status.value;
  const events = useLive(
    `events-${id}?${now?.state}-${now?.sinceMs}`,
    (signal) => readEvents(id, signal),
    15_000,
  );
  return (
    <Panel title="History">
      <Answer of={events} what="the history">
        {(items) => {
          const lines = currentEvents(now ?? { evaluatedAtMs: null, series: [] }, items);
          return lines.length === 0
            ? <p class="empty">Nothing has changed since this SLA was created.</p>
            : (
              <ol class="events">
                {lines.map((line) => (
                  <Line
                    key={line.key}
                    line={line}
                    all={now?.series.map(({ labels }) => labels) ?? []}
                  />
                ))}
              </ol>
            );
        }}
      </Answer>
    </Panel>
  );
}

interface LineProps {
  readonly line: HistoryLine;
  /** The label sets that there are now. */
  readonly all: readonly LabelSet[];
}

function Line({ line, all }: LineProps): VNode {
  const { kind, to, atMs, reason, labels } = line;
  return (
    <li>
      <Time atMs={atMs} /> {kind === "state" ? <StateBadge state={to} /> : <strong>{TOLD[to] ?? to}</strong>}
      <span>
        {readable(reason)}{" "}
        {all.length !== 1 && kind !== "edited" && <Labels labels={tellingLabels(labels, all)} />}
      </span>
    </li>
  );
}
