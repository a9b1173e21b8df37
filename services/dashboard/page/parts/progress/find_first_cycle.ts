import type { Cycle } from "../../api/pipeline.ts";

/**
 * The cycle that brings the first results, while it runs: before it, none came to its end. A later one that takes long
 * tells how far it is in the line at the top, and pushes nothing down.
 *
 * @param cycles The newest first.
 */
export function findFirstCycle(cycles: readonly Cycle[]): Cycle | undefined {
  const [newest, ...older] = cycles;
  return newest?.state === "running" && older.every(({ state }) => state !== "done") ? newest : undefined;
}
