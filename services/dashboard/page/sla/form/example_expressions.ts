/** What is known of a series that an example may be of. */
interface KnownSeries {
  readonly name: string;
  readonly type: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Values that people make promises about, by use. */
const VALUES = [
  "up",
  "node_load1",
  "node_filesystem_avail_bytes",
  "node_memory_MemAvailable_bytes",
  "process_resident_memory_bytes",
  "probe_success",
  "go_goroutines",
];

/** Counters whose rate people make promises about. */
const COUNTERS = [
  "http_requests_total",
  "http_server_requests_seconds_count",
  "grpc_server_handled_total",
];

/** Latencies, told as quantiles or by buckets. */
const LATENCIES = [
  "http_request_duration_seconds",
  "http_server_requests_seconds",
  "http_server_request_duration_seconds",
  "grpc_server_handling_seconds",
];

/** What a Prometheus counts of itself and of its host, where it knows of nothing better. */
const COUNTERS_ANYWHERE = ["prometheus_http_requests_total", "process_cpu_seconds_total"];

/** So many values are offered beside the one of requests. */
const VALUES_OFFERED = 2;

/**
 * Expressions to begin with, of the metrics that are there: the well-known ones that are of most use, or of none that
 * is known one as it is and one as a rate.
 */
export function exampleExpressions(series: readonly KnownSeries[]): readonly string[] {
  const names = new Set(series.map(({ name }) => name));
  const rates = (known: readonly string[]) =>
    known.filter((name) => names.has(name)).map((name) => `rate(${name}[5m])`);
  const values = VALUES.filter((name) => names.has(name)).slice(0, VALUES_OFFERED);
  const latencies = LATENCIES.flatMap((name) => latencyOf(name, series));
  const requests = [...rates(COUNTERS), ...latencies, ...rates(COUNTERS_ANYWHERE)].slice(0, 1);
  return values.length + requests.length > 0 ? [...values, ...requests] : firstOfEach(series);
}

/** The share of requests that matters to most, however the metric tells it. */
function latencyOf(name: string, series: readonly KnownSeries[]): readonly string[] {
  if (series.some((one) => one.name === name && one.labels.quantile === "0.99")) {
    return [`${name}{quantile="0.99"}`];
  }
  return series.some((one) => one.name === `${name}_bucket`)
    ? [`histogram_quantile(0.99, sum by (le) (rate(${name}_bucket[5m])))`]
    : [];
}

function firstOfEach(series: readonly KnownSeries[]): readonly string[] {
  const gauge = series.find(({ type }) => type === "gauge");
  const counter = series.find(({ type, name }) => type === "counter" && name.endsWith("_total"));
  return [
    ...(gauge === undefined ? [] : [gauge.name]),
    ...(counter === undefined ? [] : [`rate(${counter.name}[5m])`]),
  ];
}
