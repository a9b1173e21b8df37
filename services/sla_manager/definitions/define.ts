import { DomainError } from "../../shared/domain/errors.ts";
import type { Sla, SlaDraft } from "../../shared/domain/sla/sla.ts";
import { formatDuration, readDuration } from "../../shared/domain/units/duration_text.ts";
import { unknownSla } from "../../shared/domain/sla/unknown_sla.ts";
import type { Inspection } from "../../shared/ports/metrics_source.ts";
import { endAlerts, messageId } from "../alerts/alerts.ts";
import { RECENT_WINDOW_MS } from "../evaluation/evaluate_series.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { trailingRange } from "../source/trailing_range.ts";

/** Creates an SLA: checked against the source, stored, and evaluated once. */
export async function createSla(
  evaluator: Evaluator,
  draft: SlaDraft,
  options: { readonly id: string },
): Promise<Sla> {
  const { store } = evaluator.parts;
  await refuseTakenName(evaluator, draft);
  const sla = await resolveDraft(evaluator, draft, { id: options.id, revision: 1, createdAtMs: null });
  await evaluator.slas.exclusively(sla.id, async () => {
    await store.definitions.save(sla);
    await evaluator.slas.adopt(sla);
  });
  await evaluator.evaluate(sla.id);
  return sla;
}

/** Replaces an SLA's definition. With `revision`, only if that still is the newest one. */
export async function replaceSla(
  evaluator: Evaluator,
  draft: SlaDraft,
  options: { readonly id: string; readonly revision?: number },
): Promise<Sla> {
  const { id, revision } = options;
  const sla = await evaluator.slas.exclusively(id, async () => {
    const { definitions } = evaluator.parts.store;
    const before = await definitions.read(id);
    if (before === null) throw unknownSla(id);
    if (revision !== undefined && revision !== before.revision) {
      throw new DomainError(
        "stale",
        `Cannot change the SLA as its revision is ${before.revision}: asked for ${revision}, read it again`,
      );
    }
    if (draft.name !== before.name) await refuseTakenName(evaluator, draft);
    const next = await resolveEdit(evaluator, draft, before);
    await definitions.save(next);
    await evaluator.slas.adopt(next);
    return next;
  });
  await evaluator.evaluate(id);
  return sla;
}

/** Deletes an SLA; whoever heard of its alerts hears that they are over. */
export async function removeSla(
  evaluator: Evaluator,
  options: { readonly id: string; readonly revision?: number },
): Promise<void> {
  const { id, revision } = options;
  await evaluator.slas.exclusively(id, async () => {
    const { store, settings } = evaluator.parts;
    const atMs = evaluator.time.estimate();
    // Alerts may have begun unseen, by another replica or in a commit whose answer was lost: their end is told too.
    await evaluator.slas.reload(id);
    const entry = evaluator.slas.find(id);
    const farewell = entry === undefined
      ? []
      : [...entry.series.values()].flatMap(({ progress }) => endAlerts(progress, atMs)).flatMap((alert) =>
        settings.channels.map((channel) => ({ id: messageId(alert, entry.sla.revision), channel, alert }))
      );
    await store.definitions.remove(id, { revision, farewell });
    evaluator.slas.drop(id);
  });
}

/** What is stored beside what the caller said. */
interface Identity {
  readonly id: string;
  readonly revision: number;
  readonly createdAtMs: number | null;
}

/** Checks a draft against the source, and fills in the step and bounds it leaves open. */
export async function resolveDraft(evaluator: Evaluator, draft: SlaDraft, identity: Identity): Promise<Sla> {
  const { settings } = evaluator.parts;
  const inspection = await inspect(evaluator, draft.expression);
  if (inspection.series.length > settings.seriesMax) {
    throw wrongExpression(
      `must yield at most ${settings.seriesMax} series (sum by (…) makes fewer): found ${inspection.series.length}`,
    );
  }
  const stepMs = draft.step !== null ? readDuration(draft.step) : settings.stepMs ?? inspection.stepMs;
  const nowMs = evaluator.time.estimate();
  const open = draft.min === null && draft.max === null;
  const bounds = open ? await deriveBounds(evaluator, draft.expression, { inspection, stepMs }) : null;
  const { createdAtMs, ...rest } = identity;
  return {
    ...draft,
    ...rest,
    min: bounds?.min ?? draft.min,
    max: bounds?.max ?? draft.max,
    derived: bounds !== null,
    derivedFrom: bounds === null ? null : { fromMs: bounds.fromMs, toMs: bounds.toMs },
    step: formatDuration(stepMs),
    warnings: [...inspection.warnings],
    createdAtMs: createdAtMs ?? nowMs,
    updatedAtMs: nowMs,
  };
}

/**
 * Checks what an SLA is to be replaced by.
 *
 * The step, and bounds that were derived, stay as they are while the expression does, if they are not given now
 * either: saving again must not change how it is judged, whatever has joined its series since.
 */
export async function resolveEdit(evaluator: Evaluator, draft: SlaDraft, before: Sla): Promise<Sla> {
  const { id, revision, createdAtMs } = before;
  const resolved = await resolveDraft(evaluator, keepFound(draft, before), {
    id,
    revision: revision + 1,
    createdAtMs,
  });
  return isKept(draft, before) ? { ...resolved, derived: true, derivedFrom: before.derivedFrom } : resolved;
}

async function inspect(evaluator: Evaluator, expression: string): Promise<Inspection> {
  try {
    await evaluator.time.ask();
    return await evaluator.parts.source.inspect(expression);
  } catch (error) {
    if (error instanceof DomainError && error.code === "invalid") throw wrongExpression(error.message, error);
    throw error;
  }
}

/** Smallest and largest value of the last 30 minutes, over all series, and the time that the samples cover. */
async function deriveBounds(
  evaluator: Evaluator,
  expression: string,
  { inspection, stepMs }: { readonly inspection: Inspection; readonly stepMs: number },
): Promise<{ readonly min: number; readonly max: number; readonly fromMs: number; readonly toMs: number }> {
  const { fromMs, toMs } = trailingRange(evaluator.time.estimate(), { windowMs: RECENT_WINDOW_MS, stepMs });
  const reading = await evaluator.reader.read({ expression, fromMs, toMs, stepMs });
  let [min, max, firstMs, lastMs] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { startMs, values } of reading.series) {
    for (const [i, value] of values.entries()) {
      if (!Number.isFinite(value)) continue;
      firstMs = Math.min(firstMs, startMs + i * stepMs);
      lastMs = Math.max(lastMs, startMs + i * stepMs);
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (min <= max) return { min, max, fromMs: firstMs, toMs: lastMs + stepMs };
  throw wrongExpression(
    inspection.series.length === 0
      ? "yields no series now to take bounds from: give min or max"
      : "yields no number in the last 30 minutes to take bounds from: give min or max",
  );
}

async function refuseTakenName(evaluator: Evaluator, { name }: SlaDraft): Promise<void> {
  if (await evaluator.parts.store.definitions.find(name) === null) return;
  throw new DomainError("conflict", `Cannot save the SLA as its name is taken: ${JSON.stringify(name)}`, {
    fields: [{ field: "name", message: "must be unique: another SLA has it" }],
  });
}

function isKept(draft: SlaDraft, before: Sla): boolean {
  return before.derived && draft.min === null && draft.max === null && draft.expression === before.expression;
}

function keepFound(draft: SlaDraft, before: Sla): SlaDraft {
  if (draft.expression !== before.expression) return draft;
  const bounds = isKept(draft, before) ? { min: before.min, max: before.max } : {};
  return { ...draft, step: draft.step ?? before.step, ...bounds };
}

function wrongExpression(message: string, cause?: unknown): DomainError {
  return new DomainError("invalid", `Cannot judge the expression: ${message}`, {
    fields: [{ field: "expression", message }],
    cause,
  });
}
