import type { ViolationInterval } from "./intervals_as_of.ts";

/** Why a stretch is a violation, in few words. */
export function describeCause({ cause, bound }: Pick<ViolationInterval, "cause" | "bound">): string {
  if (cause === "noData") return "no samples";
  return bound === "max" ? "above max" : "below min";
}
