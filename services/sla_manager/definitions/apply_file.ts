import { z } from "zod";
import { DomainError, type FieldError } from "../../shared/domain/errors.ts";
import { SlaDraft } from "../../shared/domain/sla/sla.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { createSlaId } from "./create_sla_id.ts";
import { createSla, replaceSla } from "./define.ts";

/** What became of the SLAs of a file. */
export interface AppliedFile {
  readonly created: number;
  readonly replaced: number;
  readonly unchanged: number;
}

/**
 * Reads the text of an `SLA_FILE`: a JSON list of definitions with distinct names.
 *
 * @throws {DomainError} `invalid`, naming every wrong field as `[2].max`.
 */
export function readSlaFile(text: string): readonly SlaDraft[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new DomainError(
      "invalid",
      `Cannot read the SLA file as it must be JSON: ${(cause as Error).message}`,
      { cause },
    );
  }
  const result = z.array(SlaDraft).max(10_000).safeParse(json);
  const fields: FieldError[] = (result.error?.issues ?? []).map(({ path, message }) => {
    const [index, ...rest] = path;
    return {
      field: index === undefined
        ? ""
        : `[${String(index)}]${rest.map((part) => `.${String(part)}`).join("")}`,
      message,
    };
  });
  const seen = new Set<string>();
  for (const [i, { name }] of (result.data ?? []).entries()) {
    if (seen.has(name)) fields.push({ field: `[${i}].name`, message: "must be unique within the file" });
    seen.add(name);
  }
  if (!result.success || fields.length > 0) {
    const found = fields.map(({ field, message }) => `${field} ${message}`).join("; ");
    throw new DomainError("invalid", `Cannot read the SLA file as it must be a list of SLAs: ${found}`, {
      fields,
    });
  }
  return result.data;
}

/**
 * Creates the SLAs of a file, or replaces those of the same name that differ. Others stay as they are. Applying a
 * file again changes nothing: bounds that were derived once are kept.
 */
export async function applySlaFile(evaluator: Evaluator, drafts: readonly SlaDraft[]): Promise<AppliedFile> {
  const { store, clock } = evaluator.parts;
  const applied = { created: 0, replaced: 0, unchanged: 0 };
  for (const draft of drafts) {
    const stored = await store.definitions.find(draft.name);
    if (stored === null) {
      await createSla(evaluator, draft, { id: createSlaId(clock.nowMs()) });
      applied.created++;
    } else if (Object.entries(draft).every(([field, value]) => isSame(field, value, stored))) {
      applied.unchanged++;
    } else {
      await replaceSla(evaluator, draft, { id: stored.id });
      applied.replaced++;
    }
  }
  return applied;
}

function isSame(field: string, value: unknown, stored: Readonly<Record<string, unknown>>): boolean {
  if (
    value === null && (field === "step" || stored.derived === true && (field === "min" || field === "max"))
  ) return true;
  return JSON.stringify(value) === JSON.stringify(stored[field]);
}
