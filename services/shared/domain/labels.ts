import { createHash } from "node:crypto";

/** A label set, the metric name under `__name__` where there is one. Names and values are any UTF-8. */
export type Labels = Readonly<Record<string, string>>;

/**
 * One spelling for equal label sets: pairs sorted by name (code units), empty values left out (to Prometheus an empty
 * label is an absent one).
 */
export function canonicalLabels(labels: Labels): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== "");
  pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return JSON.stringify(pairs);
}

/**
 * The id of a series: 64 bits of SHA-256 over its canonical label set, as 16 hex digits.
 *
 * The same series has the same id in every process and after every restart, so ids are natural keys.
 */
export function seriesId(labels: Labels): string {
  return createHash("sha256").update(canonicalLabels(labels)).digest("hex").slice(0, 16);
}
