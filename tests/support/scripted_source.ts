import { DomainError } from "../../services/shared/domain/errors.ts";
import type { Labels } from "../../services/shared/domain/labels.ts";
import type { Clock } from "../../services/shared/ports/clock.ts";
import type { MetricsSource, RangeQuery } from "../../services/shared/ports/metrics_source.ts";

/** A series of a test: its value is a function of time, `NaN` where there is no sample. */
export interface ScriptedSeries {
  readonly labels: Labels;
  readonly valueAt: (timeMs: number) => number;
}

/** A source whose every sample is known, which can be taken away and brought back. */
export interface ScriptedSource extends MetricsSource {
  /** Series by expression; an unknown expression yields none. */
  readonly series: Map<string, readonly ScriptedSeries[]>;
  /** Set: every call rejects as a source does that is down. */
  down: boolean;
  /** How often samples were read. */
  reads: number;
}

/** Makes a source that scrapes at every multiple of `stepMs` up to the clock's now. */
export function createScriptedSource(
  options: { readonly clock: Clock; readonly stepMs: number },
): ScriptedSource {
  const { clock, stepMs } = options;
  const requireUp = (): void => {
    if (source.down) {
      throw new DomainError(
        "unavailable",
        "Cannot ask Prometheus at http://one:9090 as it refuses connections",
        {
          why: "it refuses connections",
        },
      );
    }
  };
  const source: ScriptedSource = {
    name: "Prometheus at one:9090",
    series: new Map(),
    down: false,
    reads: 0,
    ping: async () => await requireUp(),
    nowMs: async () => {
      await requireUp();
      return clock.nowMs();
    },
    discover: async () => await ({ series: [], leftOut: [], warnings: [] }),
    inspect: async (expression) => {
      await requireUp();
      if (expression.includes("(")) throw new DomainError("invalid", `parse error: unexpected "("`);
      const nowMs = Math.floor(clock.nowMs() / stepMs) * stepMs;
      const present = (source.series.get(expression) ?? []).filter(({ valueAt }) =>
        !Number.isNaN(valueAt(nowMs))
      );
      return { series: present.map(({ labels }) => labels), stepMs, warnings: [] };
    },
    read: async (query: RangeQuery) => {
      await requireUp();
      source.reads++;
      const nowMs = clock.nowMs();
      const series = (source.series.get(query.expression) ?? []).map(({ labels, valueAt }) => ({
        labels,
        startMs: query.fromMs,
        stepMs: query.stepMs,
        values: Float64Array.from({ length: (query.toMs - query.fromMs) / query.stepMs }, (_, k) => {
          const timeMs = query.fromMs + k * query.stepMs;
          return timeMs <= nowMs ? valueAt(timeMs) : NaN;
        }),
      })).filter(({ values }) => !values.every(Number.isNaN));
      return { series, warnings: [], incomplete: false };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return source;
}
