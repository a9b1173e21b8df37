import type { Errors } from "./_errors.ts";
import { requireComponentJson } from "../components/_json.ts";
import { SeenErrors } from "./_seen_errors.ts";
import { YoungErrors } from "./_young_errors.ts";

/** Restores errors from their state. */
export function readErrors(value: unknown): Errors {
  const json = requireComponentJson(value, "errors");
  if (json.kind === "seen") return SeenErrors.fromJson(json);
  if (json.kind === "young") return YoungErrors.fromJson(json, readErrors);
  throw new RangeError(
    `Cannot read a forecaster as its errors must be of a known kind: found "${json.kind}"`,
  );
}
