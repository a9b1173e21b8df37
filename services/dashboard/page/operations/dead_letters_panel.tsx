import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { readDeadLetters, replayDeadLetters } from "../api/pipeline.ts";
import { useLive } from "../live.ts";
import { Answer, Failure } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { ScrollRegion } from "../parts/scroll_region.tsx";
import { withToken } from "../parts/token_dialog.tsx";

/** What storage could not read, why, and another try. */
export function DeadLettersPanel(): VNode {
  const letters = useLive("dead-letters", readDeadLetters, 15_000);
  const [said, setSaid] = useState("");
  const [error, setError] = useState<Error>();

  async function replay(): Promise<void> {
    setError(undefined);
    try {
      const { replayed, rejected, waiting } = await withToken(replayDeadLetters);
      setSaid(
        `${replayed} stored again, ${rejected} still unreadable, ${waiting} waiting for another replay`,
      );
      letters.refresh();
    } catch (failure) {
      setError(failure as Error);
    }
  }

  return (
    <Panel
      title="Dead letters"
      hint="Messages that could not be read, kept as they came. A replay checks them again."
      actions={(letters.value?.items.length ?? 0) > 0 && (
        <button type="button" class="quiet" onClick={replay}>Replay all</button>
      )}
    >
      {said !== "" && <p class="notice" role="status">{said}</p>}
      {error !== undefined && <Failure error={error} what="the replay" />}
      <Answer of={letters} what="the dead letters">
        {({ items }) =>
          items.length === 0
            ? <p class="empty">None: every message could be read.</p>
            : (
              <ScrollRegion label="Dead letters">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">Origin</th>
                      <th scope="col">Key</th>
                      <th scope="col">Reason</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((letter) => (
                      <tr key={`${letter.partition}-${letter.offset}`}>
                        <td>
                          {letter.source === null
                            ? "unknown"
                            : `partition ${letter.source.partition}, offset ${letter.source.offset}`}
                        </td>
                        <td>
                          <code>{letter.key}</code>
                        </td>
                        <td>{letter.reason}{letter.replayed && " (replayed)"}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollRegion>
            )}
      </Answer>
    </Panel>
  );
}
