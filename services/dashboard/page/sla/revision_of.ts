import type { Sla } from "../api/slas.ts";

/** Names one definition of an SLA: what was read of another is not what this one says. */
export function revisionOf({ id, revision }: Pick<Sla, "id" | "revision">): string {
  return `${id}-${revision}`;
}
