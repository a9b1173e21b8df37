import type { VNode } from "preact";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";

const SERVICES = [["etl", "ETL"], ["storage", "Storage"], ["retrieval", "Retrieval"], [
  "sla",
  "SLA manager",
]] as const;

interface Readiness {
  readonly status: string;
  readonly dependencies: Readonly<Record<string, { readonly status: string; readonly reason?: string }>>;
}

/** Which service can do its work, and what keeps the others from it. */
export function ReadinessPanel(): VNode {
  const readiness = useLive("readiness", readAll, 5_000);
  return (
    <Panel title="Readiness">
      <Answer of={readiness} what="the readiness" heightPx={[125, 370]}>
        {(services) => (
          <ul class="readiness">
            {services.map(([title, answer]) => (
              <li key={title}>
                <strong>{title}</strong> <Sign status={answer.status} />
                <ul>
                  {Object.entries(answer.dependencies).map(([name, { status, reason }]) => (
                    <li key={name}>
                      {name} <Sign status={status} />
                      {reason !== undefined && ` ${reason}`}
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

function Sign({ status }: { readonly status: string }): VNode {
  const good = status === "ok";
  return (
    <span class={`badge badge-${good ? "ok" : "violated"}`}>
      <span aria-hidden="true">{good ? "✓" : "✕"}</span> {status}
    </span>
  );
}

/** A service that is not ready answers 503 with its reasons, which is an answer here; one that is gone has none. */
async function readAll(signal: AbortSignal): Promise<readonly (readonly [string, Readiness])[]> {
  return await Promise.all(SERVICES.map(async ([path, title]) => {
    try {
      const response = await fetch(`${path}/readyz`, { signal });
      return [title, await response.json() as Readiness] as const;
    } catch (error) {
      if (signal.aborted) throw error;
      return [title, { status: "not answering", dependencies: {} }] as const;
    }
  }));
}
