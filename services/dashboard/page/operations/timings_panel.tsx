import type { VNode } from "preact";
import { request } from "../api/request.ts";
import { formatSpan } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";

interface Timing {
  readonly name: string;
  readonly kind: string;
  readonly count: number;
  readonly lastMs: number | null;
  readonly meanMs: number | null;
  readonly p95Ms: number | null;
}

/** How long each function takes: those of the metadata apart from those of the values. */
export function TimingsPanel(): VNode {
  const timings = useLive(
    "timings",
    (signal) => request<{ items: Timing[] }>("etl/timings", { signal }),
    10_000,
  );
  return (
    <Panel title="Function timings">
      <Answer of={timings} what="the timings">
        {({ items }) => {
          const kinds = [...new Set(items.map(({ kind }) => kind))];
          return (
            <div class="columns">
              {kinds.map((kind) => (
                <TimingTable
                  key={kind}
                  kind={kind}
                  timings={items.filter((timing) => timing.kind === kind)}
                />
              ))}
            </div>
          );
        }}
      </Answer>
    </Panel>
  );
}

function TimingTable(
  { kind, timings }: { readonly kind: string; readonly timings: readonly Timing[] },
): VNode {
  return (
    <div class="scroll">
      <table>
        <caption>{kind}</caption>
        <thead>
          <tr>
            <th scope="col">Function</th>
            <th scope="col">Calls</th>
            <th scope="col">Last</th>
            <th scope="col">Mean</th>
            <th scope="col">95 %</th>
          </tr>
        </thead>
        <tbody>
          {timings.map(({ name, count, lastMs, meanMs, p95Ms }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{count}</td>
              <td>{short(lastMs)}</td>
              <td>{short(meanMs)}</td>
              <td>{short(p95Ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function short(durationMs: number | null): string {
  if (durationMs === null) return "–";
  return durationMs < 10 ? `${Number(durationMs.toPrecision(2))} ms` : formatSpan(durationMs);
}
