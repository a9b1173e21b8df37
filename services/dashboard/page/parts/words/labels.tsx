import type { VNode } from "preact";

/** A label set as Prometheus writes it: the metric's name, and each label its own chip. */
export function Labels({ labels }: { readonly labels: Readonly<Record<string, string>> }): VNode {
  const { __name__: metric, ...others } = labels;
  return (
    <span class="labels">
      {metric !== undefined && <code>{metric}</code>}
      {Object.entries(others).map(([name, value]) => <code key={name}>{name}="{value}"</code>)}
    </span>
  );
}
