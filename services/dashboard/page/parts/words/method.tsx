import type { VNode } from "preact";
import { shortMethod } from "../../../../shared/domain/units/method_words.ts";
import { formatSpan } from "../../format/time.ts";

interface MethodProps {
  /** As the services name it, in steps. */
  readonly name: string;
  readonly stepMs: number;
}

/** A forecasting method within a sentence: in few words, the whole name on hover. */
export function Method({ name, stepMs }: MethodProps): VNode {
  const short = shortMethod(name, stepMs);
  if (short === name) return <span>{name}</span>;
  return <span title={inSteps(name, stepMs)}>{short.startsWith("blend") ? `a ${short}` : short}</span>;
}

/** A forecasting method in few words that open to its whole name. */
export function MethodDetails({ name, stepMs, short }: MethodProps & { readonly short: string }): VNode {
  if (short === name) return <span>{name}</span>;
  return (
    <details class="whole-name">
      <summary>{short}</summary>
      {inSteps(name, stepMs)}
    </details>
  );
}

function inSteps(name: string, stepMs: number): string {
  return /\d/.test(name) ? `${name} (in steps of ${formatSpan(stepMs)})` : name;
}
