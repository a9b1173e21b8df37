import type { VNode } from "preact";
import { readStorage } from "../api/pipeline.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { Ago } from "../parts/words/time.tsx";

/** What is stored, and how far storage is behind. */
export function StoragePanel(): VNode {
  const storage = useLive("storage", readStorage, 10_000);
  return (
    <Panel title="Storage">
      <Answer of={storage} what="the storage status" heightPx={[100, 160]}>
        {({ lagTotal, rows, lastWriteMs }) => (
          <dl class="figures">
            <div>
              <dt>last write</dt>
              <dd>
                <Ago atMs={lastWriteMs} />
              </dd>
            </div>
            <div>
              <dt>messages behind</dt>
              <dd>{lagTotal.toLocaleString("en-US")}</dd>
            </div>
            {Object.entries(rows).map(([kind, count]) => (
              <div key={kind}>
                <dt>{kind} rows</dt>
                <dd>{count.toLocaleString("en-US")}</dd>
              </div>
            ))}
          </dl>
        )}
      </Answer>
    </Panel>
  );
}
