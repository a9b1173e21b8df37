import type { Sla } from "../../shared/domain/sla/sla.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import type { SlaSettings } from "../settings.ts";
import { isStuck } from "./answer_status.ts";

/** Answers a definition with what is to be warned of now: what was true when it was saved may be so no longer. */
export function answerSla(
  sla: Sla,
  entry: Pick<SlaEntry, "view"> | undefined,
  nowMs: number,
  settings: SlaSettings,
): Sla {
  const view = entry?.view ?? null;
  const isSilent = view !== null && view.failure === null && !isStuck(view, nowMs, settings) &&
    view.series.every(({ progress }) => progress.lastAtMs === null);
  return isSilent ? { ...sla, warnings: [...sla.warnings, NO_SERIES_YET] } : sla;
}

const NO_SERIES_YET = "The expression yields no series now: the state is unknown until it does.";
