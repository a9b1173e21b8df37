import { warningKind } from "../../shared/domain/warning_kind.ts";
import type { Cycle } from "./cycle_log.ts";

/** What changed in the warnings from one cycle to the next. */
export interface WarningChanges {
  /** Those that the cycle before did not have. */
  readonly begun: readonly string[];
  /** Those that this one no longer has. */
  readonly ended: readonly LastingWarning[];
}

/** A warning over several cycles, in its newest words. */
export interface LastingWarning {
  readonly warning: string;
  /** When the first cycle began that had it. */
  readonly sinceMs: number;
  readonly cycles: number;
}

/**
 * Follows warnings from cycle to cycle, so that one that lasts is told when it comes and when it goes and not every
 * minute between. What differs in its measures alone is the same warning.
 *
 * A cycle that failed may not have come to what there was to warn of: it changes nothing.
 */
export function followWarnings(): (cycle: Cycle) => WarningChanges {
  let lasting = new Map<string, LastingWarning>();
  return ({ state, startedAtMs, warnings }) => {
    if (state === "failed") return { begun: [], ended: [] };
    const known = lasting;
    lasting = new Map(warnings.map((warning) => {
      const kind = warningKind(warning);
      const { sinceMs = startedAtMs, cycles = 0 } = known.get(kind) ?? {};
      return [kind, { warning, sinceMs, cycles: cycles + 1 }];
    }));
    return {
      begun: [...lasting].filter(([kind]) => !known.has(kind)).map(([, { warning }]) => warning),
      ended: [...known].filter(([kind]) => !lasting.has(kind)).map(([, ended]) => ended),
    };
  };
}
