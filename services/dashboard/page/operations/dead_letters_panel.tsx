import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { request } from "../api/request.ts";
import { useLive } from "../live.ts";
import { Answer, Failure } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { withToken } from "../parts/token_dialog.tsx";

interface DeadLetter {
  readonly partition: number;
  readonly offset: string;
  readonly key: string | null;
  readonly reason: string;
  readonly sourcePartition?: number | string;
  readonly sourceOffset?: string;
}

interface Replayed {
  readonly replayed: number;
}

/** What storage could not read, why, and another try. */
export function DeadLettersPanel(): VNode {
  const letters = useLive(
    "dead-letters",
    (signal) => request<{ items: DeadLetter[] }>("storage/dead-letters?limit=50", { signal }),
    15_000,
  );
  const [said, setSaid] = useState("");
  const [error, setError] = useState<Error>();

  async function replay(): Promise<void> {
    setError(undefined);
    try {
      const { replayed } = await withToken(() =>
        request<Replayed>("storage/dead-letters/replay", { method: "POST" })
      );
      setSaid(`${replayed} replayed`);
      letters.refresh();
    } catch (failure) {
      setError(failure as Error);
    }
  }

  return (
    <Panel
      title="Dead letters"
      hint="Messages that could not be read, kept as they came. A replay checks them again."
      actions={<button type="button" class="quiet" onClick={replay}>Replay all</button>}
    >
      {said !== "" && <p class="notice" role="status">{said}</p>}
      {error !== undefined && <Failure error={error} what="the replay" />}
      <Answer of={letters} what="the dead letters">
        {({ items }) =>
          items.length === 0 ? <p class="empty">None: every message could be read.</p> : (
            <div class="scroll">
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
                      <td>{letter.sourcePartition ?? "?"} / {letter.sourceOffset ?? "?"}</td>
                      <td>
                        <code>{letter.key}</code>
                      </td>
                      <td>{letter.reason}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
      </Answer>
    </Panel>
  );
}
