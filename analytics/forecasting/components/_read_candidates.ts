import type { ForecastCandidate } from "../../forecast_model.ts";
import { requireArray, requireNumber, requireRecord, requireText } from "./_json.ts";

/** Reads what was tried and how it fared. */
export function readCandidates(value: unknown): ForecastCandidate[] {
  return requireArray(value, "candidates").map(readCandidate);
}

function readCandidate(value: unknown, i: number): ForecastCandidate {
  const json = requireRecord(value, `candidates[${i}]`);
  const method = requireText(json.method, `candidates[${i}].method`);
  const score = json.score === null ? null : requireNumber(json.score, `candidates[${i}].score`);
  if (json.rejected === undefined) return { method, score };
  return { method, score, rejected: requireText(json.rejected, `candidates[${i}].rejected`) };
}
