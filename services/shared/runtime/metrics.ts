import prometheus from "prom-client";
import type { MetricLabels, MetricOptions, Metrics } from "../ports/metrics.ts";

/** The metrics of one process, and their text for Prometheus. */
export interface MetricsRegistry extends Metrics {
  readonly contentType: string;
  /** The exposition of everything counted so far. */
  expose(): Promise<string>;
}

const PREFIX = "pronoia_";

/** Makes the registry of a process, with gauges of the process itself. */
export function createMetrics(): MetricsRegistry {
  const registry = new prometheus.Registry();
  addProcessGauges(registry);
  return {
    counter(options) {
      const metric = getOrCreate(registry, options, (config) => new prometheus.Counter(config));
      return { add: (amount = 1, labels) => labels ? metric.inc({ ...labels }, amount) : metric.inc(amount) };
    },
    gauge(options) {
      const metric = getOrCreate(registry, options, (config) => new prometheus.Gauge(config));
      return {
        set: (value, labels) => labels ? metric.set({ ...labels }, value) : metric.set(value),
        clear: () => metric.reset(),
      };
    },
    histogram({ buckets, ...options }) {
      const metric = getOrCreate(
        registry,
        options,
        (config) => new prometheus.Histogram({ ...config, ...(buckets && { buckets: [...buckets] }) }),
      );
      return {
        observe: (value: number, labels?: MetricLabels) =>
          labels ? metric.observe({ ...labels }, value) : metric.observe(value),
      };
    },
    contentType: registry.contentType,
    expose: () => registry.metrics(),
  };
}

interface MetricConfig {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  readonly registers: prometheus.Registry[];
}

function getOrCreate<Metric extends prometheus.Metric>(
  registry: prometheus.Registry,
  options: MetricOptions,
  create: (config: MetricConfig) => Metric,
): Metric {
  const name = PREFIX + options.name;
  // The registry forgets the type; one name is always asked for by one method.
  const known = registry.getSingleMetric(name) as Metric | undefined;
  return known ??
    create({ name, help: options.help, labelNames: [...options.labels ?? []], registers: [registry] });
}

/**
 * prom-client's own process metrics read files and Node internals that Deno does not offer without wide permissions.
 */
function addProcessGauges(registry: prometheus.Registry): void {
  const startedAtSeconds = (Date.now() - performance.now()) / 1000;
  const gauges: readonly (readonly [name: string, help: string, read: () => number])[] = [
    ["process_start_time_seconds", "When the process started, Unix time", () => startedAtSeconds],
    ["process_resident_memory_bytes", "Resident memory", () => Deno.memoryUsage().rss],
    ["process_heap_used_bytes", "JavaScript heap in use", () => Deno.memoryUsage().heapUsed],
    [
      "process_external_memory_bytes",
      "Memory of buffers outside of the heap",
      () => Deno.memoryUsage().external,
    ],
  ];
  for (const [name, help, read] of gauges) {
    new prometheus.Gauge({
      name: PREFIX + name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  }
}
