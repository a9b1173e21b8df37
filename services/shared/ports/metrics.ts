/**
 * Where a service counts its own doings, for Prometheus to scrape.
 *
 * Asking twice for one name gives the same metric, so that several services of one process share one registry. Names
 * come without the `pronoia_` prefix, in base units (`_seconds`, `_bytes`, `_total`); the values of a label must be
 * few: routes, kinds, results, never series ids.
 */
export interface Metrics {
  /** A count that only grows. */
  counter(options: MetricOptions): Counter;
  /** A value that goes up and down. */
  gauge(options: MetricOptions): Gauge;
  /** Durations or sizes, counted in buckets. */
  histogram(options: MetricOptions & { readonly buckets?: readonly number[] }): Histogram;
}

/** What a metric is called and how it is labelled. */
export interface MetricOptions {
  /** Without prefix, such as `etl_cycles_total`. */
  readonly name: string;
  /** One sentence for the reader of `/metrics`. */
  readonly help: string;
  readonly labels?: readonly string[];
}

/** Values of a metric's labels. */
export type MetricLabels = Readonly<Record<string, string>>;

/** See {@linkcode Metrics.counter}. */
export interface Counter {
  /** @param amount @default 1 */
  add(amount?: number, labels?: MetricLabels): void;
}

/** See {@linkcode Metrics.gauge}. */
export interface Gauge {
  set(value: number, labels?: MetricLabels): void;
  /** Forgets every value, for labels that come and go. */
  clear(): void;
}

/** See {@linkcode Metrics.histogram}. */
export interface Histogram {
  observe(value: number, labels?: MetricLabels): void;
}
