import type { VNode } from "preact";

/** How each state is told: by a sign and a word, never by colour alone. */
const SIGNS: Readonly<Record<string, readonly [sign: string, words: string]>> = {
  violated: ["✕", "violated"],
  at_risk: ["▲", "at risk"],
  ok: ["✓", "ok"],
  unknown: ["?", "unknown"],
};

/** An SLA's state. */
export function StateBadge({ state }: { readonly state: string }): VNode {
  const [sign, words] = SIGNS[state] ?? SIGNS.unknown;
  return (
    <span class={`badge badge-${state}`}>
      <span aria-hidden="true">{sign}</span> {words}
    </span>
  );
}
