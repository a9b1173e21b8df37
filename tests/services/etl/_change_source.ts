import type {
  DiscoveredSeries,
  MetricsSource,
  RangeQuery,
} from "../../../services/shared/ports/metrics_source.ts";

type Change = (source: MetricsSource) => MetricsSource;

/** Has every sample be another. */
export function withValues(valueAt: (timeMs: number, value: number) => number): Change {
  return (source) => ({
    ...source,
    async read(query, signal) {
      const reading = await source.read(query, signal);
      const series = reading.series.map((each) => ({
        ...each,
        values: each.values.map((value, k) => valueAt(each.startMs + k * each.stepMs, value)),
      }));
      return { ...reading, series };
    },
  });
}

/** Has other series be found. */
export function withSeries(
  change: (series: readonly DiscoveredSeries[]) => readonly DiscoveredSeries[],
): Change {
  return (source) => ({
    ...source,
    async discover(selection, signal) {
      const discovery = await source.discover(selection, signal);
      return { ...discovery, series: change(discovery.series) };
    },
  });
}

/** Has every read wait for something, or be refused by it. */
export function beforeRead(
  step: (query: RangeQuery, signal?: AbortSignal) => void | Promise<void>,
): Change {
  return (source) => ({
    ...source,
    async read(query, signal) {
      await step(query, signal);
      return await source.read(query, signal);
    },
  });
}
