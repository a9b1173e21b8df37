import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import {
  createSla,
  previewSla,
  replaceSla,
  type Sla,
  type SlaDraft,
  type SlaPreview,
} from "../../api/slas.ts";
import { unitOfExpression } from "../../../../shared/domain/units/unit.ts";
import { formatTogether } from "../../format/quantity.ts";
import { capitalised } from "../../format/sentence.ts";
import { Panel } from "../../parts/panel.tsx";
import { withToken } from "../../parts/token_dialog.tsx";
import {
  describeEntry,
  describeHint,
  type Entry,
  type FieldName,
  FIELDS,
  readDraft,
  writeEntries,
} from "./draft_fields.ts";
import { ExpressionInput } from "./expression_input.tsx";
import { isHalfTyped } from "./is_half_typed.ts";
import { Preview } from "./preview.tsx";
import { useResting } from "./use_resting.ts";
import { describeRefusal, describeWrong, findWrongFields, refusedFields } from "./wrong_fields.ts";

interface SlaFormProps {
  readonly draft: Partial<SlaDraft>;
  /** The stored SLA that is changed; absent for a new one. */
  readonly stored?: { readonly sla: Sla; readonly etag: string };
  readonly onStored: (sla: Sla) => void;
}

/** How long the typing rests before the draft is judged. */
const PREVIEW_DELAY_MS = 500;

/** How long the expression rests before it is refused: a name that is half typed is no wrong one. */
const REFUSAL_DELAY_MS = 1_500;

/** What no keyboard must correct. */
const AS_TYPED = { spellcheck: false, autocapitalize: "none" } as const;

/** The definition of an SLA, judged while it is written. */
export function SlaForm({ draft, stored, onStored }: SlaFormProps): VNode {
  const [entries, setEntries] = useState<Entry>(() => writeEntries(draft));
  const [failure, setFailure] = useState<Error>();
  const [changed, setChanged] = useState<FieldName>();
  const [isOffering, setOffering] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const typed = readDraft(entries, draft);
  // Bounds that were derived stay as they are while the expression does.
  const kept = stored?.sla.derived === true && typed.min === undefined && typed.max === undefined &&
      typed.expression === stored.sla.expression
    ? stored.sla
    : undefined;
  const wrongHere = findWrongFields(typed, changed);
  const isWrong = Object.keys(wrongHere).length > 0;
  const isHalf = isHalfTyped(typed.expression ?? "");
  const judged = usePreview(isWrong || isHalf ? undefined : typed, stored?.sla.id);
  const isResting = useResting(entries.expression, REFUSAL_DELAY_MS);
  const isTold = isResting && !isOffering;
  const refusal = isTold ? judged.error : undefined;
  const placeholders = kept === undefined ? {} : keptBounds(kept);
  const refused = isWrong ? wrongHere : refusedFields(failure ?? refusal);

  /** The button may be far from the field that is wrong. */
  function goToWrong(): void {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }
  useEffect(() => {
    if (failure !== undefined) goToWrong();
  }, [failure]);

  async function store(event: Event): Promise<void> {
    event.preventDefault();
    if (isWrong) return goToWrong();
    try {
      onStored(
        await withToken(() =>
          stored === undefined ? createSla(typed) : replaceSla(stored.sla.id, typed, stored.etag)
        ),
      );
    } catch (error) {
      setFailure(error as Error);
    }
  }

  return (
    <div class="columns">
      <Panel title="Definition">
        <form ref={form} class="sla-form" onSubmit={store}>
          {FIELDS.map(({ name, label, kind, initial, options }) => {
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
              setChanged(name);
              setEntries({ ...entries, [name]: value });
            };
            return (
              <div key={name} class={kind === "text" || kind === "labels" ? "field wide" : "field"}>
                <label htmlFor={`sla-${name}`}>{label}</label>
                {name === "expression"
                  ? (
                    <ExpressionInput
                      field={{ ...common, required: true }}
                      onEnter={enter}
                      onOffer={setOffering}
                    />
                  )
                  : options === undefined
                  ? (
                    <input
                      {...common}
                      placeholder={placeholders[name] ?? initial}
                      required={name === "name"}
                      autocomplete="off"
                      {...(kind === "labels" ? AS_TYPED : {})}
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
                <small id={`${name}-hint`} class={wrong === undefined ? "" : "wrong"}>
                  {(wrong && capitalised(wrong)) ?? describeEntry(name, entries) ??
                    (placeholders[name] === undefined
                      ? describeHint(name, entries.expression)
                      : "As derived; stays unless you type.")}
                </small>
              </div>
            );
          })}
          {failure !== undefined && (
            <p class="notice notice-error wide" role="alert">{describeRefusal("Not saved", failure)}</p>
          )}
          <div class="actions wide">
            <button type="submit">{stored === undefined ? "Create" : "Save"}</button>
          </div>
        </form>
      </Panel>
      <Preview
        draft={typed}
        preview={judged.preview}
        problem={isWrong
          ? describeWrong("Not judged", wrongHere)
          : refusal && describeRefusal("Not judged", refusal)}
        isHalfTyped={isHalf || (!isTold && judged.error !== undefined)}
        isJudging={!isWrong && judged.isJudging}
      />
    </div>
  );
}

/** What the fields of bounds that stay show while they are empty. */
function keptBounds({ min, max, expression }: Sla): Partial<Record<FieldName, string>> {
  const [low, high] = formatTogether([min, max], unitOfExpression(expression), "full");
  return { min: low, max: high };
}

interface Judged {
  readonly preview?: SlaPreview;
  readonly error?: Error;
  /** Whether what is there is of an older draft, as this one is being judged. */
  readonly isJudging: boolean;
}

/** Tries the draft without storing it, once the typing rests; what can't be tried leaves what was there. */
function usePreview(draft: Partial<SlaDraft> | undefined, replaces: string | undefined): Judged {
  const of = draft === undefined ? undefined : JSON.stringify(draft);
  const [judged, setJudged] = useState<Omit<Judged, "isJudging"> & { readonly of?: string }>({});
  useEffect(() => {
    if (draft === undefined) return;
    if (draft.expression === undefined) return setJudged({ of });
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const preview = await previewSla(draft, { replaces, signal: stop.signal });
        if (!stop.signal.aborted) setJudged({ of, preview });
      } catch (error) {
        if (stop.signal.aborted) return;
        // A bound that is half typed must not take the chart away.
        setJudged(({ preview }) => ({
          of,
          preview: preview?.sla.expression === draft.expression ? preview : undefined,
          error: error as Error,
        }));
      }
    }, PREVIEW_DELAY_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [of]);
  const isOfThis = judged.of === of;
  return {
    preview: judged.preview,
    error: isOfThis ? judged.error : undefined,
    isJudging: draft?.expression !== undefined && !isOfThis,
  };
}
