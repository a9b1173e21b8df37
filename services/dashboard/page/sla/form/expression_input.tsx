import type { TargetedKeyboardEvent, VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { readAllSeries } from "../../api/retrieval.ts";
import { useLive } from "../../live.ts";
import { completeMetric, type Completion } from "./complete_metric.ts";
import { exampleExpressions } from "./example_expressions.ts";

interface ExpressionInputProps {
  /** What every field of the form has. */
  readonly field: {
    readonly id: string;
    readonly name: string;
    readonly value: string;
    readonly required: boolean;
    readonly "aria-invalid": boolean;
    readonly "aria-describedby": string;
  };
  readonly onEnter: (value: string) => void;
  /** Told whether metrics are offered, one of which may still be taken. */
  readonly onOffer: (isOpen: boolean) => void;
}

/** The names of metrics change seldom. */
const EVERY_MS = 600_000;

/** An expression, with the metrics that are there offered while it is typed, and some to begin with. */
export function ExpressionInput({ field, onEnter, onOffer }: ExpressionInputProps): VNode {
  const series = useLive("series", readAllSeries, EVERY_MS).value;
  const metrics = useMemo(() => [...new Set(series?.map(({ name }) => name))].sort(), [series]);
  const [offer, setOffer] = useState<Completion | null>(null);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const caret = useRef<number | undefined>(undefined);
  const names = offer?.names ?? [];
  const list = `${field.id}-metrics`;

  useEffect(() => {
    if (caret.current === undefined) return;
    input.current!.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });

  /** Offers what fits; all there is only where that is asked for, and not after each bracket. */
  function look(element: HTMLInputElement, { isAsked = false } = {}): void {
    const at = element.selectionStart ?? element.value.length;
    const found = completeMetric(element.value, at, metrics);
    setOffer(isAsked || found.fromIndex < at ? found : null);
    setActive(-1);
  }

  function close(): void {
    setOffer(null);
    setActive(-1);
  }

  function take(name: string): void {
    const { fromIndex, toIndex } = offer!;
    caret.current = fromIndex + name.length;
    onEnter(field.value.slice(0, fromIndex) + name + field.value.slice(toIndex));
    close();
  }

  function onKeyDown(event: TargetedKeyboardEvent<HTMLInputElement>): void {
    const { key } = event;
    if (key === "ArrowDown" && offer === null) look(event.currentTarget, { isAsked: true });
    else if ((key === "ArrowDown" || key === "ArrowUp") && names.length > 0) {
      // From the text itself, which is none of them, to the last or first and round again.
      const places = names.length + 1;
      setActive((active + 1 + (key === "ArrowDown" ? 1 : places - 1)) % places - 1);
    } else if (key === "Enter" && active >= 0) take(names[active]);
    else if (key === "Escape" && names.length > 0) close();
    else return;
    event.preventDefault();
  }

  const isOpen = names.length > 0;
  useEffect(() => onOffer(isOpen), [isOpen]);
  const examples = field.value === "" ? exampleExpressions(series ?? []) : [];
  return (
    <div class="combobox">
      <input
        {...field}
        ref={input}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={list}
        aria-activedescendant={active < 0 ? undefined : `${list}-${active}`}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => {
          onEnter(event.currentTarget.value);
          look(event.currentTarget);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <ul id={list} role="listbox" aria-label="Metrics" hidden={!isOpen}>
        {names.map((name, k) => (
          <li
            key={name}
            id={`${list}-${k}`}
            role="option"
            aria-selected={k === active}
            // The focus stays where it is typed.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(name)}
          >
            {name}
          </li>
        ))}
      </ul>
      {examples.length > 0 && (
        <p class="examples">
          For example {examples.map((example) => (
            <button
              key={example}
              type="button"
              class="link"
              onClick={() => onEnter(example)}
            >
              <code>{example}</code>
            </button>
          ))}
        </p>
      )}
    </div>
  );
}
