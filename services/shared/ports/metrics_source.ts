import type { Labels } from "../domain/labels.ts";
import type { MetricType } from "../domain/series.ts";
import type { Dependency } from "./health.ts";

/**
 * Where samples come from.
 *
 * Every adapter promises: values on an aligned grid (`startMs` is a multiple of `stepMs`), a missing one is `NaN`
 * and never made up; a failed or cut-off answer rejects with `DomainError` `unavailable`, never reads as "no data";
 * a wrong expression rejects with `invalid`, the source's own words in the message. Calls may run concurrently.
 */
export interface MetricsSource extends Dependency, AsyncDisposable {
  /** What people know it by: `Prometheus at 127.0.0.1:9090`. @default "the metrics source" */
  readonly name?: string;
  /** The source's own now, epoch ms: the now of every window and age. */
  nowMs(signal?: AbortSignal): Promise<number>;
  /** Finds series with samples in the window. */
  discover(selection: Selection, signal?: AbortSignal): Promise<Discovery>;
  /** Evaluates what an expression yields now: its series, its step, and whether it reads raw counters. */
  inspect(expression: string, signal?: AbortSignal): Promise<Inspection>;
  /** Reads an expression over the half-open `[fromMs, toMs)`, raw (a counter as it counts). */
  read(query: RangeQuery, signal?: AbortSignal): Promise<RangeReading>;
}

/** Which series to look for. */
export interface Selection {
  /** PromQL selectors; a series that any of them matches is found. */
  readonly selectors: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** What was found, and what was left out by rule. */
export interface Discovery {
  readonly series: readonly DiscoveredSeries[];
  /** Left out by rule (histogram buckets, `_info`), with how many and why. */
  readonly leftOut: readonly { readonly rule: string; readonly series: number }[];
  readonly warnings: readonly string[];
}

/** One found series. */
export interface DiscoveredSeries {
  /** All labels, `__name__` included. */
  readonly labels: Labels;
  readonly type: MetricType;
  readonly unit: string | null;
  /** Scrape interval, found and not assumed, ms. */
  readonly stepMs: number;
  /**
   * What to read this series by: a selector that is the same for all found series of one metric, so that they are
   * read by one request. It may match more series than were found.
   */
  readonly expression: string;
}

/** What an expression yields now. */
export interface Inspection {
  readonly series: readonly Labels[];
  /** Step that suits the expression, ms: the scrape interval of what it reads. */
  readonly stepMs: number;
  /** Sentences the author should read, such as that a raw counter is judged as it counts. */
  readonly warnings: readonly string[];
}

/** An expression over a range; `fromMs` and `toMs` are multiples of `stepMs`. */
export interface RangeQuery {
  readonly expression: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

/** What a range query gave. */
export interface RangeReading {
  readonly series: readonly SampledSeries[];
  /** The source's own warnings, in its words. */
  readonly warnings: readonly string[];
  /** True when the source said that it cut the result short. */
  readonly incomplete: boolean;
}

/** Values on a grid: entry k is at `startMs + k · stepMs`, a missing one is `NaN`. */
export interface SampledSeries {
  readonly labels: Labels;
  readonly startMs: number;
  readonly stepMs: number;
  readonly values: Float64Array;
}
