import { formatUtc } from "../../shared/domain/units/quantity.ts";
import type { Sla } from "../../shared/domain/sla/sla.ts";
import type { SlaAlert } from "../../shared/domain/sla/sla_event.ts";
import type { JudgedDefinition, SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import { alertReason } from "../alerts/alerts.ts";
import type { NewEvent } from "../../shared/ports/sla_progress_store.ts";
import type { StateChange } from "../judging/advance.ts";
import { describeEdit, describeSince, type EditedState } from "./describe_edit.ts";

/** Whom an event is about, and when it was noticed. */
export interface EventSubject {
  readonly sla: Sla;
  readonly progress: SeriesProgress;
  readonly recordedAtMs: number;
}

/** The event of a changed state. */
export function stateEvent(subject: EventSubject, change: StateChange): NewEvent {
  return createEvent(subject, { kind: "state", ...change });
}

/** The event of a burn-rate alert that began or ended; `isRedefined` by an edit that makes the accounting start anew. */
export function alertEvent(
  subject: EventSubject,
  alert: SlaAlert,
  { isRedefined }: { readonly isRedefined: boolean },
): NewEvent {
  const ended = alert.endsAtMs !== null;
  return createEvent(subject, {
    kind: "burn_rate",
    from: alert.labels.burn_rate,
    to: ended ? "resolved" : "firing",
    atMs: alert.endsAtMs ?? alert.startsAtMs,
    value: null,
    reason: ended ? describeEnd(subject, isRedefined) : alertReason(alert),
  });
}

/** Why a burn-rate alert ended: an edit may end one whose budget burns as before. */
function describeEnd({ sla }: EventSubject, isRedefined: boolean): string {
  if (sla.target === null) return "no target is given any more";
  return isRedefined
    ? "the definition changed: what was counted before it is not what is counted now"
    : "the error budget no longer burns that fast";
}

/** The event of a label set that counts no more. */
export function forgottenEvent(subject: EventSubject): NewEvent {
  const { state, lastAtMs } = subject.progress;
  return createEvent(subject, {
    kind: "forgotten",
    from: state,
    to: "forgotten",
    atMs: subject.recordedAtMs,
    value: null,
    reason: lastAtMs === null
      ? "the expression yields other series now"
      : `no sample since ${formatUtc(lastAtMs)}; it counts no more until it has one again`,
  });
}

/** The event of an edit of what is judged: it is of the whole SLA, and says what that is by the new definition. */
export function editEvent(
  sla: Sla,
  { editedFrom, recordedAtMs, edited }: {
    readonly editedFrom: JudgedDefinition;
    readonly recordedAtMs: number;
    readonly edited: EditedState;
  },
): NewEvent {
  const { state, sinceMs, sinceAtLeast } = edited;
  return {
    id: `${sla.id}:edited:${sla.revision}`,
    slaId: sla.id,
    name: sla.name,
    seriesId: "",
    labels: {},
    kind: "edited",
    from: null,
    to: "edited",
    atMs: sla.updatedAtMs,
    recordedAtMs,
    value: null,
    reason: `the definition changed: ${describeEdit(editedFrom, sla)}; ${describeSince(edited)}`,
    state,
    sinceMs,
    sinceAtLeast,
  };
}

function createEvent(
  { sla, progress, recordedAtMs }: EventSubject,
  what: Pick<NewEvent, "kind" | "from" | "to" | "atMs" | "value" | "reason">,
): NewEvent {
  const { seriesId, labels } = progress;
  const { kind, from, to, atMs } = what;
  // Edits to and fro lead to the same states by the same sample.
  const id = `${sla.id}:${sla.revision}:${seriesId}:${kind}:${from ?? ""}:${to}:${atMs}`;
  return { id, slaId: sla.id, name: sla.name, seriesId, labels, recordedAtMs, ...what };
}
