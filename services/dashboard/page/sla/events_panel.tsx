import type { VNode } from "preact";
import { readEvents } from "../api/slas.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Labels } from "../parts/labels.tsx";
import { Panel } from "../parts/panel.tsx";
import { StateBadge } from "../parts/state_badge.tsx";
import { Time } from "../parts/time.tsx";

/** What changed, newest first; kept beyond the life of the samples. */
export function EventsPanel({ id }: { readonly id: string }): VNode {
  const events = useLive(`events-${id}`, (signal) => readEvents(id, signal), 15_000);
  return (
    <Panel title="History">
      <Answer of={events} what="the history">
        {(items) =>
          items.length === 0
            ? <p class="empty">Nothing has changed since this SLA was created.</p>
            : (
              <ol class="events">
                {[...items].sort((a, b) => b.atMs - a.atMs).map((event) => (
                  <li key={event.id}>
                    <Time atMs={event.atMs} /> {event.kind === "state"
                      ? <StateBadge state={event.to} />
                      : <strong>{event.kind.replace("_", " ")} {event.to}</strong>} {event.reason}{" "}
                    <Labels labels={event.labels} />
                  </li>
                ))}
              </ol>
            )}
      </Answer>
    </Panel>
  );
}
