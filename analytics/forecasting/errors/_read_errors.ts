import type { Errors } from "./_errors.ts";
import { requireRecord, requireText } from "../components/_json.ts";
import { SeenErrors } from "./_seen_errors.ts";
import { WalkErrors } from "./_walk_errors.ts";

/** Restores errors from their state. */
export function readErrors(value: unknown): Errors {
  const record = requireRecord(value, "errors");
  const json = { ...record, kind: requireText(record.kind, "errors.kind") };
  if (json.kind === "seen") return SeenErrors.fromJson(json);
  if (json.kind === "walk") return WalkErrors.fromJson(json);
  throw new RangeError(
    `Cannot read a forecaster as its errors must be of a known kind: found "${json.kind}"`,
  );
}
