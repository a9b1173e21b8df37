import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { type Cycle, readCycles, startCycle } from "../api/pipeline.ts";
import { outages } from "../current_outages.ts";
import { progressWords } from "../format/progress.ts";
import { asSentence } from "../format/sentence.ts";
import { formatSpan } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer, Failure } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { ScrollRegion } from "../parts/scroll_region.tsx";
import { Time } from "../parts/words/time.tsx";
import { withToken } from "../parts/token_dialog.tsx";
import { withoutTold } from "../without_told.ts";
import { WarningsList } from "./warnings_list.tsx";

/** Cycles that are listed, and those whose warnings are. */
const SHOWN = 10;
const READ = 60;

/** The newest cycles of the etl, and what they warn of. */
export function CyclesPanel(): VNode {
  const cycles = useLive("cycles", (signal) => readCycles(READ, signal), 5_000);
  const [error, setError] = useState<Error>();
  async function run(): Promise<void> {
    setError(undefined);
    await withToken(startCycle).then(cycles.refresh, setError);
  }
  return (
    <Panel title="Cycles" actions={<button type="button" class="quiet" onClick={run}>Run one now</button>}>
      {error !== undefined && <Failure error={error} what="another cycle" />}
      <Answer of={cycles} what="the cycles" heightPx={[120, 180]}>
        {(loaded) => {
          const { items } = loaded;
          // One that failed did not come to what there is to tell.
          const newest = items.find(({ state }) =>
            state === "done"
          );
          const told = newest === undefined ? "" : describeDropped(newest);
          return (
            <>
              <WarningsList cycles={loaded} />
              <ScrollRegion label="Newest cycles">
                <table class="cycles">
                  <thead>
                    <tr>
                      <th scope="col">Started</th>
                      <th scope="col" class="number">Took</th>
                      <th scope="col" class="number">Series</th>
                      <th scope="col" class="number" title="Series that were to be analysed but could not be">
                        Dropped
                      </th>
                      <th scope="col">State</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.slice(0, SHOWN).map((cycle) => (
                      <CycleRow key={cycle.id} cycle={cycle} told={told} />
                    ))}
                  </tbody>
                </table>
              </ScrollRegion>
              <NewestCycle
                cycle={newest}
                isLast={items.find(({ endedAtMs }) => endedAtMs !== null) === newest}
              />
            </>
          );
        }}
      </Answer>
    </Panel>
  );
}

/** Why series were dropped, as the etl counts them. */
const CAUSES = [
  ["empty", "without usable values in the window"],
  ["unread", "whose samples could not be read"],
  ["failed", "that could not be analysed"],
  ["unselected", "not in the sample that is asked for, or beyond ETL_SERIES_MAX"],
] as const;

/** `2 without usable values in the window, 1 that could not be analysed`; nothing where none was dropped. */
function describeDropped({ droppedBy }: Cycle): string {
  return CAUSES.flatMap(([cause, words]) => droppedBy[cause] > 0 ? [`${droppedBy[cause]} ${words}`] : [])
    .join(", ");
}

function CycleRow(
  { cycle, told }: {
    readonly cycle: Cycle;
    /** Why series were dropped in the newest cycle that did not fail, which is told below. */
    readonly told: string;
  },
): VNode {
  const {
    startedAtMs,
    endedAtMs,
    kept,
    dropped,
    progress,
    state,
    reason,
    overran,
  } = cycle;
  const causes = describeDropped(cycle);
  const notes = [
    ...(reason === undefined ? [] : [withoutTold(reason, outages.value) ?? "the reason is at the top"]),
    ...(overran ? ["took longer than the interval"] : []),
    ...(causes === "" || causes === told ? [] : [`dropped ${causes}`]),
  ];
  return (
    <tr>
      <td>
        <Time atMs={startedAtMs} />
      </td>
      <td class="number">{endedAtMs === null ? "…" : formatSpan(endedAtMs - startedAtMs)}</td>
      <td class="number">{endedAtMs === null ? progressWords(progress) : kept}</td>
      <td class="number">{endedAtMs === null ? "…" : dropped}</td>
      <td>
        {state}
        {notes.length > 0 && <small>: {notes.join("; ")}</small>}
      </td>
    </tr>
  );
}

/** What holds of one cycle like the other is told once. */
function NewestCycle(
  { cycle, isLast }: {
    readonly cycle: Cycle | undefined;
    /** Whether none failed after it. */
    readonly isLast: boolean;
  },
): VNode | null {
  if (cycle === undefined) return null;
  const { quick, elsewhere, leftOut } = cycle;
  const causes = describeDropped(cycle);
  const notes = [
    ...(causes === "" ? [] : [`dropped by the newest cycle${isLast ? "" : " that did not fail"}: ${causes}`]),
    ...(quick === 0 ? [] : [
      `${quick} series ${
        quick === 1 ? "has" : "have"
      } a first, quick choice of method; the full one is under way`,
    ]),
    ...(elsewhere === 0 ? [] : [`${elsewhere} series ${elsewhere === 1 ? "is" : "are"} another replica's`]),
    ...leftOut.map(({ rule, series }) =>
      `${series} series ${series === 1 ? "is" : "are"} left out on purpose, not dropped: ${rule}`
    ),
  ];
  return notes.length === 0 ? null : <p class="hint">{notes.map(asSentence).join(" ")}</p>;
}
