import { warningKind } from "../../../shared/domain/warning_kind.ts";
import type { Cycle } from "../api/pipeline.ts";

/** A warning that several cycles gave. */
export interface GroupedWarning {
  /** As the newest of them put it. */
  readonly text: string;
  /** Cycles that gave it. */
  readonly cycles: number;
  /** Start of the first of them. */
  readonly sinceMs: number;
  /** Start of the newest. */
  readonly lastMs: number;
  /** Whether the newest cycle that ended gave it. */
  readonly current: boolean;
  /** Whether they put it differently, as by other counts. */
  readonly varies: boolean;
}

/**
 * The warnings of some cycles (newest first), each once: what differs in its measures alone is the same. Those of the
 * newest cycle come first.
 */
export function groupWarnings(cycles: readonly Cycle[]): readonly GroupedWarning[] {
  const newestId = cycles.find(({ endedAtMs }) => endedAtMs !== null)?.id;
  const groups = new Map<string, GroupedWarning>();
  for (const { id, startedAtMs, warnings } of cycles) {
    const given = new Map(warnings.map((text) => [warningKind(text), text]));
    for (const [kind, text] of given) {
      const newer = groups.get(kind);
      groups.set(kind, {
        text: newer?.text ?? text,
        cycles: (newer?.cycles ?? 0) + 1,
        sinceMs: startedAtMs,
        lastMs: newer?.lastMs ?? startedAtMs,
        current: newer?.current ?? id === newestId,
        varies: newer !== undefined && (newer.varies || newer.text !== text),
      });
    }
  }
  return [...groups.values()].sort((a, b) => b.lastMs - a.lastMs);
}
