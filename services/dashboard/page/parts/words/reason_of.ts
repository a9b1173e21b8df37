import { isSourceDown } from "../../current_outages.ts";
import { readable } from "../../format/sentence.ts";

/**
 * Why an SLA or its prediction is in its state, as the service says; where that is for want of samples that can't be
 * read, in few words: the top of the page says why.
 */
export function reasonOf({ state, reason }: { readonly state: string; readonly reason: string }): string {
  return isSourceDown() && (state === "unknown" || state === "expired")
    ? "the source of its samples can't be reached"
    : readable(reason);
}
