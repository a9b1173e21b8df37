import { DomainError } from "../../domain/errors.ts";
import { canonicalLabels, type Labels } from "../../domain/labels.ts";
import { formatSelector, type Matcher } from "../../domain/selector.ts";
import { leftOutRule } from "../../domain/units/metric_name.ts";
import type { Discovery, Selection } from "../../ports/metrics_source.ts";
import { parseExpression } from "../promql/parse_expression.ts";
import type { PrometheusClient } from "./client/prometheus_client.ts";
import type { MetricTypes } from "./metric_types.ts";
import { readSeriesList } from "./read_matrix.ts";
import type { ScrapeIntervals } from "./scrape_intervals.ts";
import { toSeconds } from "./to_seconds.ts";

/** The parts discovery asks. */
export interface DiscoverParts {
  readonly client: PrometheusClient;
  readonly types: MetricTypes;
  readonly intervals: ScrapeIntervals;
}

/**
 * Finds the series of each selector, the first selector that matches a series being the one it is read by.
 */
export async function discoverSeries(
  parts: DiscoverParts,
  selection: Selection,
  signal?: AbortSignal,
): Promise<Discovery> {
  const found = new Map<string, { labels: Labels; expression: string }>();
  const leftOut = new Map<string, Set<string>>();
  const warnings = new Set<string>();
  for (const selector of selection.selectors) {
    const matchers = requireSelector(selector);
    const answer = await parts.client.post("api/v1/series", {
      "match[]": selector,
      start: toSeconds(selection.fromMs),
      end: toSeconds(selection.toMs),
    }, { signal });
    for (const warning of answer.warnings) warnings.add(warning);
    for (const labels of readSeriesList(answer.data)) {
      const key = canonicalLabels(labels);
      const rule = leftOutRule(labels);
      if (rule !== null) leftOut.set(rule, (leftOut.get(rule) ?? new Set()).add(key));
      else if (!found.has(key)) found.set(key, { labels, expression: withName(matchers, labels) });
    }
  }
  const series = [...found.values()];
  const labelSets = series.map(({ labels }) => labels);
  const stepsMs = await parts.intervals.find(labelSets, selection, signal);
  const types = await parts.types.find(labelSets, selection, signal);
  return {
    series: series.map((each, i) => ({ ...each, ...types[i], stepMs: stepsMs[i] })),
    leftOut: [...leftOut].map(([rule, keys]) => ({ rule, series: keys.size })),
    warnings: [...warnings],
  };
}

function requireSelector(text: string): readonly Matcher[] {
  const parsed = parseExpression(text);
  if (parsed.kind === "selector") return parsed.selector.matchers;
  throw new DomainError("invalid", `Cannot find series as a selector is needed: found "${text}"`);
}

/** The selector narrowed to one metric. */
function withName(matchers: readonly Matcher[], labels: Labels): string {
  const name: Matcher = { label: "__name__", operator: "=", value: labels.__name__ ?? "" };
  return formatSelector([name, ...matchers.filter(({ label }) => label !== "__name__")]);
}
