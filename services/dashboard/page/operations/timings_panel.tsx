import type { VNode } from "preact";
import { readTimings, type Timing } from "../api/pipeline.ts";
import { formatSpan } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { ScrollRegion } from "../parts/scroll_region.tsx";

const TITLES = {
  metadata: "Metadata functions",
  value: "Value functions",
  stage: "Stages of a cycle",
} as const;

/** How long each function takes: those of the metadata apart from those of the values. */
export function TimingsPanel(): VNode {
  const timings = useLive(
    "timings",
    readTimings,
    10_000,
  );
  return (
    <Panel
      title="Function timings"
      hint="Last: the newest call alone; Mean: all calls since the start of the etl; p95: the last thousand. What failed counts too: a source that does not answer shows in Last long before it does in Mean."
    >
      <Answer of={timings} what="the timings" heightPx={[480, 800]}>
        {({ items }) => {
          const kinds = [...new Set(items.map(({ kind }) => kind))];
          return (
            <div class="columns timing-tables">
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
  { kind, timings }: { readonly kind: Timing["kind"]; readonly timings: readonly Timing[] },
): VNode {
  return (
    <ScrollRegion label={TITLES[kind]}>
      <table class="numbers timings">
        <caption>{TITLES[kind]}</caption>
        <thead>
          <tr>
            <th scope="col">{kind === "stage" ? "Stage" : "Function"}</th>
            <th scope="col">Calls</th>
            <th scope="col">Last</th>
            <th scope="col">Mean</th>
            <th scope="col" title="95 % of the last thousand calls took at most this">p95</th>
          </tr>
        </thead>
        <tbody>
          {timings.map(({ name, count, last, mean, p95 }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{count.toLocaleString("en-US")}</td>
              <td>{short(last)}</td>
              <td>{short(mean)}</td>
              <td>{short(p95)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function short(durationMs: number): string {
  return durationMs < 10 ? `${Number(durationMs.toPrecision(2))} ms` : formatSpan(durationMs);
}
