import type { VNode } from "preact";

/** A label set as Prometheus writes it, each pair its own chip. */
export function Labels({ labels }: { readonly labels: Readonly<Record<string, string>> }): VNode {
  const pairs = Object.entries(labels);
  return (
    <span class="labels">
      {pairs.map(([name, value]) => <code key={name}>{name}="{value}"</code>)}
    </span>
  );
}
