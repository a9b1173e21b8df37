import type { Sla } from "../../shared/domain/sla/sla.ts";
import { formatPeriod } from "../../shared/domain/units/duration_text.ts";
import { formatUtc } from "../../shared/domain/units/quantity.ts";
import { RECENT_WINDOW_MS } from "../evaluation/evaluate_series.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import type { SlaSettings } from "../settings.ts";
import { isStuck } from "./answer_status.ts";
import { warnOfBurning } from "./warn_of_burning.ts";

/** Answers a definition with what is to be warned of now: what was true when it was saved may be so no longer. */
export function answerSla(
  sla: Sla,
  entry: SlaEntry | undefined,
  nowMs: number,
  settings: SlaSettings,
): Sla {
  const view = entry?.view ?? null;
  const isKnown = view !== null && view.failure === null && !isStuck(view, nowMs, settings);
  const isSilent = isKnown && view.series.every(({ progress }) => progress.lastAtMs === null);
  const isPressed = isKnown &&
    view.series.some(({ progress: { state } }) => state === "at_risk" || state === "violated");
  // It was once stored with the definition; what it said then says nothing of now.
  const lasting = sla.warnings.filter((warning) => !warning.startsWith(NO_SERIES_NOW));
  const told = [
    ...(isSilent ? [`${NO_SERIES_NOW} the state is ${sla.noData} until it does.`] : []),
    ...(sla.derivedFrom === null ? [] : describeDerived(sla.derivedFrom, isPressed)),
    ...(isKnown ? warnOfBurning(entry!) : []),
  ];
  return { ...sla, warnings: [...lasting, ...told] };
}

/** Bounds from less than this part of the time that was asked for say little of what is usual. */
const DERIVED_SHARE_MIN = 0.5;

/**
 * Why an SLA without bounds of its own is at risk, or worse, soon after it was made, or may well be: said while it is
 * so.
 */
function describeDerived(
  { fromMs, toMs }: NonNullable<Sla["derivedFrom"]>,
  isPressed: boolean,
): readonly string[] {
  const isShort = toMs - fromMs < DERIVED_SHARE_MIN * RECENT_WINDOW_MS;
  if (!isPressed && !isShort) return [];
  const asked = formatPeriod(RECENT_WINDOW_MS);
  return [[
    "No bounds were given, so they are the least and greatest value of the",
    `${formatPeriod(toMs - fromMs)} up to ${formatUtc(toMs)}.`,
    ...(isShort
      ? [`Before, there was no sample in the ${asked} asked for: it says little of what is usual.`]
      : []),
    ...(isPressed
      ? ["What rises or falls leaves them at once, and is at risk or violated from the start."]
      : []),
    "Give a min or max of your own to judge it by what you promise.",
  ].join(" ")];
}

const NO_SERIES_NOW = "The expression yields no series now:";
