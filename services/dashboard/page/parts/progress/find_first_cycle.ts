import type { Cycle, Cycles } from "../../api/pipeline.ts";

/**
 * The cycle that brings the first results, while it runs: before it, none came to its end, however many failed. A
 * later one that takes long tells how far it is in the line at the top, and pushes nothing down.
 */
export function findFirstCycle({ items: [newest], done }: Pick<Cycles, "items" | "done">): Cycle | undefined {
  return newest?.state === "running" && done === 0 ? newest : undefined;
}
