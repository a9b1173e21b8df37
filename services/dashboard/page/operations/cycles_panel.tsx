import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { type Cycle, readCycles, startCycle } from "../api/pipeline.ts";
import { formatSpan } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer, Failure } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { Time } from "../parts/time.tsx";
import { withToken } from "../parts/token_dialog.tsx";

/** The newest cycles of the etl. */
export function CyclesPanel(): VNode {
  const cycles = useLive("cycles", (signal) => readCycles(10, signal), 5_000);
  const [error, setError] = useState<Error>();
  async function run(): Promise<void> {
    setError(undefined);
    await withToken(startCycle).then(cycles.refresh, setError);
  }
  return (
    <Panel title="Cycles" actions={<button type="button" class="quiet" onClick={run}>Run one now</button>}>
      {error !== undefined && <Failure error={error} what="another cycle" />}
      <Answer of={cycles} what="the cycles" heightPx={[120, 180]}>
        {({ items }) => (
          <div class="scroll" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Started</th>
                  <th scope="col">Took</th>
                  <th scope="col">Series</th>
                  <th scope="col">Dropped</th>
                  <th scope="col" class="words-column">State</th>
                </tr>
              </thead>
              <tbody>{items.map((cycle) => <CycleRow key={cycle.id} cycle={cycle} />)}</tbody>
            </table>
          </div>
        )}
      </Answer>
    </Panel>
  );
}

function CycleRow({ cycle }: { readonly cycle: Cycle }): VNode {
  const {
    startedAtMs,
    endedAtMs,
    kept,
    dropped,
    progress,
    state,
    reason,
    overran,
    quick,
    elsewhere,
    leftOut,
    warnings,
  } = cycle;
  const notes = [
    ...(reason === undefined ? [] : [reason]),
    ...(overran ? ["took longer than the interval"] : []),
    ...(quick === 0 ? [] : [`${quick} forecasts by a quick choice of method`]),
    ...(elsewhere === 0 ? [] : [`${elsewhere} series are another replica's`]),
    ...leftOut.map(({ rule, series }) => `${series} left out: ${rule}`),
    ...warnings,
  ];
  return (
    <tr>
      <td>
        <Time atMs={startedAtMs} />
      </td>
      <td class="short">{endedAtMs === null ? "…" : formatSpan(endedAtMs - startedAtMs)}</td>
      <td>{endedAtMs === null ? `${progress.done} of ${progress.total}` : kept}</td>
      <td>{endedAtMs === null ? "…" : dropped}</td>
      <td>
        {state}
        {notes.length > 0 && <small>: {notes.join("; ")}</small>}
      </td>
    </tr>
  );
}
