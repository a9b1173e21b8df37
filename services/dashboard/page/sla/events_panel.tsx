import type { VNode } from "preact";
import { EVENTS_READ, readEvents, type SlaStatus } from "../api/slas.ts";
import { readable } from "../format/sentence.ts";
import { type LabelSet, tellingLabels } from "../format/telling_labels.ts";
import { type Live, useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Labels } from "../parts/words/labels.tsx";
import { Panel } from "../parts/panel.tsx";
import { StateBadge } from "../parts/words/state_badge.tsx";
import { Time } from "../parts/words/time.tsx";
import { currentEvents, type HistoryLine } from "./current_events.ts";
import { foldEvents } from "./fold_events.ts";

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
              <>
                <ol class="events">
                  {foldEvents(lines).map((alike) => (
                    <Line
                      key={alike[0].key}
                      alike={alike}
                      all={now?.series.map(({ labels }) => labels) ?? []}
                    />
                  ))}
                </ol>
                {items.length >= EVENTS_READ && (
                  <p class="hint">The newest {EVENTS_READ} changes are shown.</p>
                )}
              </>
            );
        }}
      </Answer>
    </Panel>
  );
}

interface LineProps {
  /** One event, or what came to several series at once. */
  readonly alike: readonly HistoryLine[];
  /** The label sets that there are now. */
  readonly all: readonly LabelSet[];
}

function Line({ alike, all }: LineProps): VNode {
  const [{ kind, to, atMs }] = alike;
  return (
    <li>
      <Time atMs={atMs} /> {kind === "state" ? <StateBadge state={to} /> : <strong>{TOLD[to] ?? to}</strong>}
      {alike.length === 1 ? <Words line={alike[0]} all={all} /> : (
        <details>
          <summary>{alike.length} series at once</summary>
          {alike.map((line) => (
            <p key={line.key}>
              <Words line={line} all={all} />
            </p>
          ))}
        </details>
      )}
    </li>
  );
}

function Words(
  { line: { kind, reason, labels }, all }: { readonly line: HistoryLine; readonly all: readonly LabelSet[] },
): VNode {
  return (
    <span>
      {readable(reason)}{" "}
      {all.length !== 1 && kind !== "edited" && <Labels labels={tellingLabels(labels, all)} />}
    </span>
  );
}
