import type { VNode } from "preact";
import { useOutages } from "../current_outages.ts";
import { asSentence } from "../format/sentence.ts";
import { Time } from "../parts/words/time.tsx";

/** What is down and since when, on every page. */
export function OutageBanner(): VNode {
  return (
    <div class="outages" role="alert">
      {useOutages().map(({ key, what, follows, reason, sinceMs, sinceAtLeast }) => (
        <div key={key} class="outage">
          <p>
            <span class="badge">
              <span aria-hidden="true">✕</span> down
            </span>{" "}
            <strong>
              {what}
              {sinceAtLeast && " at least"} since <Time atMs={sinceMs} />.
            </strong>{" "}
            {follows}
          </p>
          {reason !== undefined && <p class="outage-reason">{asSentence(reason)}</p>}
        </div>
      ))}
    </div>
  );
}
