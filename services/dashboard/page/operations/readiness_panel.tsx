import type { VNode } from "preact";
import { outages, readiness } from "../current_outages.ts";
import { Answer } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { withoutTold } from "../without_told.ts";

/** What a service needs, by the name that its API has for it: in plain words, and what it is for. */
const DEPENDENCIES: Readonly<Record<string, readonly [words: string, meaning: string]>> = {
  metrics_source: ["source of samples", "metrics_source: Prometheus, or the demo where none is named"],
  bus: [
    "message queue",
    "bus: Kafka, or a queue within the process; carries results from the ETL to storage",
  ],
  store: ["database", "store: MySQL, MariaDB or SQLite; keeps results and SLAs"],
  shards: ["share of the work", "shards: which series and SLAs are this replica's; of one replica, all"],
  cycles: ["regular cycles", "cycles: whether a cycle began and ended when it should"],
};

/** Which service can do its work, and what keeps the others from it. */
export function ReadinessPanel(): VNode {
  return (
    <Panel title="Readiness">
      <Answer of={readiness.value ?? NOT_YET} what="the readiness" heightPx={[125, 370]}>
        {(services) => (
          <ul class="readiness">
            {services.map(({ title, answer }) => (
              <li key={title}>
                <strong>{title}</strong> <Sign status={answer.status} />
                <ul>
                  {Object.entries(answer.dependencies).map(([name, { status, reason }]) => (
                    <li key={name}>
                      <span title={DEPENDENCIES[name]?.[1]}>{DEPENDENCIES[name]?.[0] ?? name}</span>{" "}
                      <Sign status={status} />
                      {reason !== undefined && ` ${withoutTold(reason, outages.value) ?? ""}`}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Panel>
  );
}

const NOT_YET = { value: undefined, error: undefined, loadedAtMs: undefined, refresh: () => {} };

function Sign({ status }: { readonly status: string }): VNode {
  const good = status === "ok";
  return (
    <span class={`badge badge-${good ? "ok" : "violated"}`}>
      <span aria-hidden="true">{good ? "✓" : "✕"}</span> {status}
    </span>
  );
}
