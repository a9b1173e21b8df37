import type { ResultKind } from "../shared/domain/messages.ts";
import type { Series } from "../shared/domain/series.ts";
import type { DroppedSeries } from "./select_series.ts";

/** One round of the etl. */
export interface Cycle {
  readonly id: string;
  readonly startedAtMs: number;
  /** `null` while it runs. */
  endedAtMs: number | null;
  state: "running" | "done" | "failed";
  /** Why it failed; absent if it did not. */
  reason?: string;
  /** Whether it took longer than the interval. */
  overran: boolean;
  /** Series found, before sampling and limit. */
  found: number;
  kept: number;
  dropped: number;
  /** Series that another replica analyses. */
  elsewhere: number;
  /** Left out by rule. */
  leftOut: { readonly rule: string; readonly series: number }[];
  readonly published: Record<ResultKind, number>;
  /** Forecasts whose method is a first, quick choice. */
  quick: number;
  warnings: string[];
  readonly durationsMs: Record<string, number>;
}

/** What became of a series in a cycle. */
export interface CycleSeries {
  readonly series: Series;
  readonly state: "kept" | "dropped" | "elsewhere";
  /** Why it was dropped. */
  readonly reason?: string;
  /** What could not be computed for a series that was kept. */
  readonly problems: string[];
}

/** What became of the series of a cycle. */
export interface CycleOutcome {
  readonly kept: readonly CycleSeries[];
  readonly dropped: readonly DroppedSeries[];
  readonly elsewhere: readonly Series[];
}

/** The newest cycles. */
export interface CycleLog {
  /** Cycles that took longer than the interval, since the start. */
  readonly overruns: number;
  begin(startedAtMs: number): Cycle;
  end(
    cycle: Cycle,
    outcome: { readonly endedAtMs: number; readonly reason?: string; readonly overran: boolean },
  ): void;
  keepSeries(cycle: Cycle, outcome: CycleOutcome): void;
  /** Newest first. */
  list(): readonly Cycle[];
  find(id: string): Cycle | undefined;
  /** By series id; `undefined` for a cycle too old for its series to be remembered. */
  seriesOf(id: string): readonly CycleSeries[] | undefined;
}

const CYCLES_MAX = 200;
/** Series are many; a few cycles of them tell enough. */
const SERIES_CYCLES_MAX = 5;
const ELSEWHERE_MAX = 10_000;
const WARNINGS_MAX = 50;

/** Creates a log of the last 200 cycles, and of the series of the last five. */
export function createCycleLog(): CycleLog {
  const cycles: Cycle[] = [];
  const series = new Map<string, readonly CycleSeries[]>();
  let overruns = 0;

  return {
    get overruns() {
      return overruns;
    },
    begin(startedAtMs) {
      const last = cycles[0];
      const id = String(Math.max(startedAtMs, last === undefined ? 0 : Number(last.id) + 1));
      const cycle: Cycle = {
        id,
        startedAtMs,
        endedAtMs: null,
        state: "running",
        overran: false,
        found: 0,
        kept: 0,
        dropped: 0,
        elsewhere: 0,
        leftOut: [],
        published: { metadata: 0, statistics: 0, forecast: 0 },
        quick: 0,
        warnings: [],
        durationsMs: {},
      };
      cycles.unshift(cycle);
      if (cycles.length > CYCLES_MAX) cycles.pop();
      return cycle;
    },
    end(cycle, { endedAtMs, reason, overran }) {
      cycle.endedAtMs = endedAtMs;
      cycle.state = reason === undefined ? "done" : "failed";
      if (reason !== undefined) cycle.reason = reason;
      cycle.overran = overran;
      cycle.warnings = [...new Set(cycle.warnings)].slice(0, WARNINGS_MAX);
      if (overran) overruns++;
    },
    keepSeries(cycle, { kept, dropped, elsewhere }) {
      const all = [
        ...kept,
        ...dropped.map((each): CycleSeries => ({ ...each, state: "dropped", problems: [] })),
        ...elsewhere.slice(0, ELSEWHERE_MAX).map((each): CycleSeries => ({
          series: each,
          state: "elsewhere",
          problems: [],
        })),
      ];
      series.set(cycle.id, all.sort((a, b) => a.series.id < b.series.id ? -1 : 1));
      for (const id of series.keys()) {
        if (series.size <= SERIES_CYCLES_MAX) break;
        series.delete(id);
      }
    },
    list: () => cycles,
    find: (id) => cycles.find((cycle) => cycle.id === id),
    seriesOf: (id) => series.get(id),
  };
}
