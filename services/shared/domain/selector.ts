import type { Labels } from "./labels.ts";

/** A legacy label name, which needs no quotes; any other (UTF-8) is quoted. */
const PLAIN_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** How a matcher compares: equal, not equal, and both by regular expression. */
export type MatchOperator = "=" | "!=" | "=~" | "!~";

/** One condition of a selector. */
export interface Matcher {
  readonly label: string;
  readonly operator: MatchOperator;
  readonly value: string;
}

/**
 * Writes a PromQL selector, the metric name as the matcher `__name__`: that takes any UTF-8 in every version.
 * Label values are escaped; label names outside the legacy alphabet are quoted (Prometheus 3).
 */
export function formatSelector(matchers: readonly Matcher[]): string {
  const texts = matchers.map(({ label, operator, value }) =>
    `${PLAIN_NAME.test(label) ? label : quote(label)}${operator}${quote(value)}`
  );
  return `{${texts.join(",")}}`;
}

/** The selector that names every label of one series, in a fixed order: one spelling per series. */
export function exactSelector(labels: Labels): string {
  const names = Object.keys(labels).filter((name) => labels[name] !== "").sort();
  return formatSelector(names.map((label) => ({ label, operator: "=", value: labels[label] })));
}

function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
