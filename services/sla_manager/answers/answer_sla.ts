import type { Sla } from "../../shared/domain/sla/sla.ts";
import { formatPeriod } from "../../shared/domain/units/duration_text.ts";
import { formatUtc } from "../../shared/domain/units/quantity.ts";
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
  const isKnown = view !== null && view.failure === null && !isStuck(view, nowMs, settings);
  const isSilent = isKnown && view.series.every(({ progress }) => progress.lastAtMs === null);
  const isPressed = isKnown &&
    view.series.some(({ progress: { state } }) => state === "at_risk" || state === "violated");
  // It was once stored with the definition; what it said then says nothing of now.
  const lasting = sla.warnings.filter((warning) => warning !== NO_SERIES_NOW);
  const told = [
    ...(isSilent ? [NO_SERIES_NOW] : []),
    ...(isPressed && sla.derivedFrom !== null ? [describeDerived(sla.derivedFrom)] : []),
  ];
  return { ...sla, warnings: [...lasting, ...told] };
}

/** Why an SLA without bounds of its own is at risk, or worse, soon after it was made: said while it is. */
function describeDerived({ fromMs, toMs }: NonNullable<Sla["derivedFrom"]>): string {
  const span = `${formatPeriod(toMs - fromMs)} up to ${formatUtc(toMs)}`;
  return `No bounds were given, so they are the least and greatest value of the ${span}. What rises or falls leaves ` +
    "them at once, and is at risk or violated from the start. Give a min or max of your own (Edit, or PUT) to judge " +
    "it by what you promise.";
}

const NO_SERIES_NOW = "The expression yields no series now: the state is unknown until it does.";
