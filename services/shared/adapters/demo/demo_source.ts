import { DomainError } from "../../domain/errors.ts";
import { formatSelector, type Matcher } from "../../domain/selector.ts";
import { leftOutRule, unitByName } from "../../domain/units/metric_name.ts";
import type { Clock } from "../../ports/clock.ts";
import type {
  DiscoveredSeries,
  Discovery,
  Inspection,
  MetricsSource,
  RangeQuery,
  RangeReading,
  SampledSeries,
  Selection,
} from "../../ports/metrics_source.ts";
import { placeOnGrid } from "../place_on_grid.ts";
import { compileMatchers } from "../promql/match_labels.ts";
import { type ParsedExpression, parseExpression } from "../promql/parse_expression.ts";
import { requireRange } from "../require_range.ts";
import { createDemoSeries, type DemoSeries } from "./demo_series.ts";
import { rateOver } from "./rate_over.ts";
import type { Signal } from "./signals.ts";

/** How often the simulated exporters are scraped. */
export const DEMO_STEP_MS = 30_000;

/** Which world, and whose now. */
export interface DemoSourceOptions {
  readonly clock: Clock;
  /** The same seed is the same world. @default 1 */
  readonly seed?: number;
}

/**
 * A simulated Prometheus for a first look and for tests: two dozen series, any past at once, live afterwards.
 *
 * Holds no samples: a value is a pure function of seed and time. Knows names, selectors and `rate(selector[d])` (the
 * reset-aware increase between the first and last sample of the range over their distance, not extrapolated to its
 * ends); any other expression is `invalid`.
 */
export function createDemoSource(options: DemoSourceOptions): MetricsSource {
  const { clock, seed = 1 } = options;
  const world = createDemoSeries(seed);

  const source: MetricsSource = {
    ping: () => Promise.resolve(),
    nowMs: () => Promise.resolve(clock.nowMs()),
    discover: (selection) => attempt(() => discover(world, selection)),
    inspect: (expression) => attempt(() => inspect(world, expression, clock.nowMs())),
    read: (query) => attempt(() => read(world, query, clock.nowMs())),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return source;
}

/** Turns a synchronous throw into a rejection, which is what callers of a port handle. */
function attempt<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve) => resolve(work()));
}

function discover(world: readonly DemoSeries[], selection: Selection): Discovery {
  const found = new Map<DemoSeries, DiscoveredSeries>();
  const leftOut = new Map<string, Set<DemoSeries>>();
  for (const text of selection.selectors) {
    const parsed = parse(text);
    if (parsed.kind !== "selector") {
      throw new DomainError("invalid", `Cannot find series as a selector is needed: found "${text}"`);
    }
    const { matchers } = parsed.selector;
    for (const series of matching(world, matchers)) {
      const rule = leftOutRule(series.labels);
      if (rule !== null) leftOut.set(rule, (leftOut.get(rule) ?? new Set()).add(series));
      else if (!found.has(series)) found.set(series, describeSeries(series, matchers));
    }
  }
  return {
    series: [...found.values()],
    leftOut: [...leftOut].map(([rule, series]) => ({ rule, series: series.size })),
    warnings: [],
  };
}

function describeSeries({ labels, type }: DemoSeries, matchers: readonly Matcher[]): DiscoveredSeries {
  const name = labels.__name__;
  const others = matchers.filter(({ label }) => label !== "__name__");
  return {
    labels,
    type,
    unit: unitByName(name),
    stepMs: DEMO_STEP_MS,
    expression: formatSelector([{ label: "__name__", operator: "=", value: name }, ...others]),
  };
}

function inspect(world: readonly DemoSeries[], expression: string, nowMs: number): Inspection {
  const { series, signalOf, isRate } = evaluate(world, expression);
  const newestMs = Math.floor(nowMs / DEMO_STEP_MS) * DEMO_STEP_MS;
  const present = series.filter((each) => !Number.isNaN(signalOf(each)(newestMs)));
  const counters = new Set(
    present.filter(({ type }) => type === "counter").map(({ labels }) => labels.__name__),
  );
  return {
    series: present.map(({ labels }) => isRate ? withoutName(labels) : labels),
    stepMs: DEMO_STEP_MS,
    warnings: isRate
      ? []
      : [...counters].map((name) =>
        `"${name}" is a counter: it is judged as it counts. Its rate is rate(${name}[5m]).`
      ),
  };
}

function read(world: readonly DemoSeries[], query: RangeQuery, nowMs: number): RangeReading {
  requireRange(query);
  const { series, signalOf, isRate } = evaluate(world, query.expression);
  const sampled: SampledSeries[] = [];
  for (const each of series) {
    const values = sample(signalOf(each), query, nowMs);
    if (values === null) continue;
    sampled.push({
      labels: isRate ? withoutName(each.labels) : each.labels,
      startMs: query.fromMs,
      stepMs: query.stepMs,
      values,
    });
  }
  return { series: sampled, warnings: [], incomplete: false };
}

/** What was scraped in the range up to now, on its grid; `null` if that is nothing. */
function sample(signal: Signal, query: RangeQuery, nowMs: number): Float64Array | null {
  const { fromMs, toMs, stepMs } = query;
  const firstMs = Math.ceil(fromMs / DEMO_STEP_MS) * DEMO_STEP_MS;
  const endMs = Math.min(toMs, Math.floor(nowMs) + 1);
  const count = Math.max(0, Math.ceil((endMs - firstMs) / DEMO_STEP_MS));
  const timesMs = Float64Array.from({ length: count }, (_, i) => firstMs + i * DEMO_STEP_MS);
  const values = timesMs.map(signal);
  if (values.every(Number.isNaN)) return null;
  const target = new Float64Array((toMs - fromMs) / stepMs).fill(NaN);
  placeOnGrid({ timesMs, values }, query, target);
  return target;
}

interface Evaluation {
  readonly series: readonly DemoSeries[];
  readonly isRate: boolean;
  signalOf(series: DemoSeries): Signal;
}

function evaluate(world: readonly DemoSeries[], expression: string): Evaluation {
  const parsed = parse(expression);
  if (parsed.kind === "other") {
    throw new DomainError(
      "invalid",
      "Cannot evaluate the expression as the demo source knows names, selectors and rate(selector[5m]) only: " +
        `found "${expression}"`,
    );
  }
  const series = matching(world, parsed.selector.matchers);
  if (parsed.kind === "selector") return { series, isRate: false, signalOf: ({ signal }) => signal };
  const { rangeMs } = parsed;
  return {
    series,
    isRate: true,
    signalOf: ({ signal }) => rateOver(signal, { rangeMs, stepMs: DEMO_STEP_MS }),
  };
}

function parse(expression: string): Exclude<ParsedExpression, { kind: "error" }> {
  const parsed = parseExpression(expression);
  if (parsed.kind !== "error") return parsed;
  throw new DomainError(
    "invalid",
    `Cannot read the expression as it must be PromQL: error at character ${parsed.position} of "${expression}"`,
  );
}

function matching(world: readonly DemoSeries[], matchers: readonly Matcher[]): readonly DemoSeries[] {
  const matches = compileMatchers(matchers);
  // As Prometheus has it: what is true of a series without any label selects everything.
  if (matches({})) {
    throw new DomainError(
      "invalid",
      "Cannot select series as a selector must have a matcher that does not match an empty value",
    );
  }
  return world.filter(({ labels }) => matches(labels));
}

/** A function's result is no longer the metric of that name. */
function withoutName(labels: DemoSeries["labels"]): DemoSeries["labels"] {
  const { __name__: _, ...rest } = labels;
  return rest;
}
