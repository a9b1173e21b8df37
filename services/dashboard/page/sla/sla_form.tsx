import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../api/request.ts";
import { createSla, previewSla, replaceSla, type Sla, type SlaDraft, type SlaPreview } from "../api/slas.ts";
import { Failure } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { withToken } from "../parts/token_dialog.tsx";
import { type Entry, FIELDS, readDraft, writeEntries } from "./draft_fields.ts";
import { Preview } from "./preview.tsx";

interface SlaFormProps {
  readonly draft: Partial<SlaDraft>;
  /** The stored SLA that is changed; absent for a new one. */
  readonly stored?: { readonly id: string; readonly etag: string };
  readonly onStored: (sla: Sla) => void;
}

/** How long the typing rests before the draft is judged. */
const PREVIEW_DELAY_MS = 500;

/** The definition of an SLA, judged while it is written. */
export function SlaForm({ draft, stored, onStored }: SlaFormProps): VNode {
  const [entries, setEntries] = useState<Entry>(() => writeEntries(draft));
  const [failure, setFailure] = useState<Error>();
  const judged = usePreview(entries);
  const refused = failure instanceof ApiError ? failure.fields : judged.fields;

  async function store(event: Event): Promise<void> {
    event.preventDefault();
    const next = readDraft(entries);
    try {
      onStored(
        await withToken(() =>
          stored === undefined ? createSla(next) : replaceSla(stored.id, next, stored.etag)
        ),
      );
    } catch (error) {
      setFailure(error as Error);
    }
  }

  return (
    <div class="columns">
      <Panel title="Definition">
        <form class="sla-form" onSubmit={store}>
          {FIELDS.map(({ name, label, hint, kind, initial, options }) => {
            const wrong = refused[name];
            const common = {
              id: `sla-${name}`,
              name,
              value: entries[name],
              "aria-invalid": wrong !== undefined,
              "aria-describedby": `${name}-hint`,
            };
            const enter = (value: string) => {
              setFailure(undefined);
              setEntries({ ...entries, [name]: value });
            };
            return (
              <div key={name} class={kind === "long" ? "field wide" : "field"}>
                <label htmlFor={`sla-${name}`}>{label}</label>
                {options === undefined
                  ? (
                    <input
                      {...common}
                      inputMode={kind === "number" ? "decimal" : undefined}
                      placeholder={initial}
                      required={name === "name" || name === "expression"}
                      autocomplete="off"
                      onInput={(event) => enter(event.currentTarget.value)}
                    />
                  )
                  : (
                    <select
                      {...common}
                      value={entries[name] || initial}
                      onChange={(event) => enter(event.currentTarget.value)}
                    >
                      {options.map((option) => <option key={option}>{option}</option>)}
                    </select>
                  )}
                <small id={`${name}-hint`} class={wrong === undefined ? "" : "wrong"}>{wrong ?? hint}</small>
              </div>
            );
          })}
          {failure !== undefined && <Failure error={failure} what="it as stored" />}
          <div class="actions wide">
            <button type="submit">{stored === undefined ? "Create" : "Save"}</button>
          </div>
        </form>
      </Panel>
      <Preview draft={readDraft(entries)} preview={judged.preview} error={judged.error} />
    </div>
  );
}

interface Judged {
  readonly preview?: SlaPreview;
  readonly error?: Error;
  readonly fields: Readonly<Record<string, string>>;
}

/** Tries the draft without storing it, once the typing rests. */
function usePreview(entries: Entry): Judged {
  const [judged, setJudged] = useState<Judged>({ fields: {} });
  useEffect(() => {
    if (entries.expression.trim() === "") return setJudged({ fields: {} });
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const draft = readDraft(entries);
        const preview = await previewSla({ ...draft, name: draft.name || "preview" }, stop.signal);
        if (!stop.signal.aborted) setJudged({ preview, fields: {} });
      } catch (error) {
        if (stop.signal.aborted) return;
        const fields = error instanceof ApiError ? error.fields : {};
        // A bound that is half typed must not take the chart away.
        setJudged(({ preview }) => ({
          preview: preview?.sla.expression === entries.expression.trim() ? preview : undefined,
          error: error as Error,
          fields,
        }));
      }
    }, PREVIEW_DELAY_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [JSON.stringify(entries)]);
  return judged;
}
