import { isSourceDown } from "../../current_outages.ts";
import { readable } from "../../format/sentence.ts";

/**
 * Why an SLA or its prediction is in its state, as the service says. What was judged before its samples could no longer
 * be read does not name that yet.
 */
export function reasonOf({ state, reason }: { readonly state: string; readonly reason: string }): string {
  const isOlder = isSourceDown() && (state === "unknown" || state === "expired") &&
    !reason.includes("can't be read");
  return isOlder ? "the source of its samples can't be reached" : readable(reason);
}
