import type { ResultKind } from "../../shared/domain/results/messages.ts";
import type { Series } from "../../shared/domain/series.ts";
import type { Drop } from "../analysis/analysis_job.ts";

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
  /** How far it is; stays where it ended. */
  readonly progress: CycleProgress;
  kept: number;
  dropped: number;
  /** How many of these for each cause. */
  droppedBy: Record<DropCause, number>;
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

/** How far a cycle is in the stage it is in. */
export interface CycleProgress {
  /**
   * Finding the series; statistics and forecasts of each; then metadata and the full choice of those whose turn it
   * is.
   */
  stage: "discover" | "figures" | "turns";
  /** Series that are through. */
  done: number;
  /** Series to do. */
  total: number;
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

/** Why a series is not analysed: its own doing, the limits that are set, or its samples did not come. */
export type DropCause = Drop["cause"] | "unselected" | "unread";

/** A series that is not analysed, and why. */
export interface DroppedSeries {
  readonly series: Series;
  readonly cause: DropCause;
  readonly reason: string;
}

/** A cycle and its series, which grow while it runs. */
export interface CycleRun {
  readonly cycle: Cycle;
  /** By series id. */
  readonly kept: Map<string, CycleSeries>;
  readonly dropped: DroppedSeries[];
  readonly elsewhere: Series[];
}

/** The newest cycles. */
export interface CycleLog {
  /** Cycles that took longer than the interval, since the start. */
  readonly overruns: number;
  /** Cycles that came to their end, since the start. */
  readonly done: number;
  begin(startedAtMs: number): CycleRun;
  end(
    cycle: Cycle,
    outcome: { readonly endedAtMs: number; readonly reason?: string; readonly overran: boolean },
  ): void;
  /** Newest first. */
  list(): readonly Cycle[];
  find(id: string): Cycle | undefined;
  /** By series id, as far as known; `undefined` for a cycle too old for its series to be remembered. */
  seriesOf(id: string): readonly CycleSeries[] | undefined;
}

const CYCLES_MAX = 200;
/** Series are many; a few cycles of them tell enough. */
const SERIES_CYCLES_MAX = 5;
/** Most series of other replicas told one by one. */
export const ELSEWHERE_MAX = 10_000;
const WARNINGS_MAX = 50;

/** Creates a log of the last 200 cycles, and of the series of the last five. */
export function createCycleLog(): CycleLog {
  const cycles: Cycle[] = [];
  const runs: CycleRun[] = [];
  let [overruns, done] = [0, 0];

  return {
    get overruns() {
      return overruns;
    },
    get done() {
      return done;
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
        progress: { stage: "discover", done: 0, total: 0 },
        kept: 0,
        dropped: 0,
        droppedBy: { empty: 0, failed: 0, unread: 0, unselected: 0 },
        elsewhere: 0,
        leftOut: [],
        published: { metadata: 0, statistics: 0, forecast: 0 },
        quick: 0,
        warnings: [],
        durationsMs: {},
      };
      cycles.unshift(cycle);
      if (cycles.length > CYCLES_MAX) cycles.pop();
      const run: CycleRun = { cycle, kept: new Map(), dropped: [], elsewhere: [] };
      runs.unshift(run);
      if (runs.length > SERIES_CYCLES_MAX) runs.pop();
      return run;
    },
    end(cycle, { endedAtMs, reason, overran }) {
      cycle.endedAtMs = endedAtMs;
      cycle.state = reason === undefined ? "done" : "failed";
      if (reason !== undefined) cycle.reason = reason;
      cycle.overran = overran;
      cycle.warnings = tellSome(cycle.warnings);
      if (overran) overruns++;
      if (reason === undefined) done++;
    },
    list: () => cycles,
    find: (id) => cycles.find((cycle) => cycle.id === id),
    seriesOf(id) {
      const run = runs.find(({ cycle }) => cycle.id === id);
      if (run === undefined) return undefined;
      const dropped = run.dropped.map(({ series, reason }): CycleSeries => ({
        series,
        reason,
        state: "dropped",
        problems: [],
      }));
      const elsewhere = run.elsewhere.map((each): CycleSeries => ({
        series: each,
        state: "elsewhere",
        problems: [],
      }));
      return [...run.kept.values(), ...dropped, ...elsewhere].sort((a, b) =>
        a.series.id < b.series.id ? -1 : 1
      );
    },
  };
}

/** Adds what somebody should know, each once. */
export function addWarnings(cycle: Cycle, warnings: readonly string[]): void {
  cycle.warnings = [...new Set([...cycle.warnings, ...warnings])];
}

/** The first warnings, and how many more there were. */
function tellSome(warnings: readonly string[]): string[] {
  if (warnings.length <= WARNINGS_MAX) return [...warnings];
  const told = warnings.slice(0, WARNINGS_MAX - 1);
  return [...told, `${warnings.length - told.length} further warnings`];
}
