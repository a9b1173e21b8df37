import type { VNode } from "preact";
import { shortMethod } from "../format/method.ts";

/** A forecasting method within a sentence: in few words, the whole name on hover. */
export function Method({ name }: { readonly name: string }): VNode {
  const short = shortMethod(name);
  if (short === name) return <span>{name}</span>;
  return <span title={name}>{short.startsWith("blend") ? `a ${short}` : short}</span>;
}

/** A forecasting method in few words that open to its whole name. */
export function MethodDetails({ name }: { readonly name: string }): VNode {
  const short = shortMethod(name);
  if (short === name) return <span>{name}</span>;
  return (
    <details class="whole-name">
      <summary>{short}</summary>
      {name}
    </details>
  );
}
