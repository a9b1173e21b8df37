import type { Labels } from "../labels.ts";
import type { MetricType } from "../series.ts";

/** Base units by which Prometheus' naming rules let a name end. */
const UNITS = [
  "seconds",
  "bytes",
  "ratio",
  "celsius",
  "volts",
  "amperes",
  "joules",
  "watts",
  "grams",
  "meters",
  "hertz",
  "percent",
  "bits",
  "packets",
  "requests",
  "messages",
];

const COUNTER_SUFFIX = /_(?:total|sum|count)$/;

/** The unit a metric's name tells, such as `seconds` in `http_request_duration_seconds_sum`; `null` if none. */
export function unitByName(name: string): string | null {
  const last = name.replace(/_(?:total|sum|bucket)$/, "").split("_").at(-1)!;
  // A `_count` counts observations, whatever unit they have.
  return !name.endsWith("_count") && UNITS.includes(last) ? last : null;
}

/** The type a metric's name suggests where nothing better is known. */
export function typeBySuffix(name: string): MetricType {
  return COUNTER_SUFFIX.test(name) ? "counter" : "unknown";
}

/** Why a series is left out of the analysis by rule, `null` if it is not. */
export function leftOutRule(labels: Labels): string | null {
  const name = labels.__name__ ?? "";
  if (name.endsWith("_bucket") && Object.hasOwn(labels, "le")) {
    return "histogram buckets: one bucket tells nothing without its fellows";
  }
  if (name.endsWith("_info")) return "_info series: constant carriers of labels";
  return null;
}
