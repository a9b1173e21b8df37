import { isSourceDown } from "../../current_outages.ts";
import { readable } from "../../format/sentence.ts";

interface Judged {
  readonly state: string;
  readonly reason: string;
  readonly evaluatedAtMs: number | null;
}

/**
 * Why an SLA or its prediction is in its state, as the service says. What was judged before its samples could no
 * longer be read does not name that yet.
 */
export function reasonOf({ state, reason, evaluatedAtMs }: Judged): string {
  const isOlder = isSourceDown() && (state === "unknown" || state === "expired") &&
    !isSourceDown(evaluatedAtMs ?? -Infinity);
  return isOlder ? "the source of its samples can't be reached" : readable(reason);
}
