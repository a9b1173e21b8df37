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
  // It was once stored with the definition; what it said then says nothing of now.
  const lasting = sla.warnings.filter((warning) => warning !== NO_SERIES_NOW);
  return { ...sla, warnings: isSilent ? [...lasting, NO_SERIES_NOW] : lasting };
}

const NO_SERIES_NOW = "The expression yields no series now: the state is unknown until it does.";
