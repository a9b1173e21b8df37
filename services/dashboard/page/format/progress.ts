import type { Cycle } from "../api/pipeline.ts";

/** How far a running cycle is, and what is counted: all series first, then those whose method has its turn. */
export function progressWords({ stage, done, total }: Cycle["progress"]): string {
  if (stage === "discover") return "finding the series";
  return `${done} of ${total} ${stage === "figures" ? "series forecast" : "methods chosen in full"}`;
}
