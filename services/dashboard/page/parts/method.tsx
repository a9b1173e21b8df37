import type { VNode } from "preact";

/** A forecasting method by its name; a blend, whose name is a list, by how many it blends, the list on hover. */
export function Method({ name }: { readonly name: string | null }): VNode {
  if (name === null) return <span>no method</span>;
  if (!name.startsWith("blend of ")) return <span>{name}</span>;
  return <span title={name}>a blend of {name.split(" + ").length} methods</span>;
}
