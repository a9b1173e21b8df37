import { createSoleOwner } from "../../services/shared/adapters/embedded/sole_owner.ts";
import { openSqlSlaStore } from "../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../services/shared/adapters/sqlite/sqlite_connection.ts";
import type { SlaDraft } from "../../services/shared/domain/sla/sla.ts";
import type { SlaStore } from "../../services/shared/ports/sla_store.ts";
import { createMetrics } from "../../services/shared/runtime/metrics.ts";
import { DEFAULT_SETTINGS, type SlaSettings } from "../../services/sla_manager/settings.ts";
import { type StartedSlaManager, startSlaManager } from "../../services/sla_manager/start.ts";
import { FakeClock } from "./fake_clock.ts";
import { createScriptedSource, type ScriptedSource } from "./scripted_source.ts";
import { START_MS } from "./sla_manager.ts";
import { until } from "./until.ts";

/** The SLA manager with its loops: they go on as the clock is moved, until it is disposed of. */
export interface SlaManagerAtWork extends StartedSlaManager, AsyncDisposable {
  readonly clock: FakeClock;
  readonly source: ScriptedSource;
  /** The body of what a path answers. */
  // deno-lint-ignore no-explicit-any -- bodies are asserted field by field, whatever their type
  get(path: string): Promise<any>;
  /** Moves the clock on by the second until a condition holds. */
  untilOnTheWay(holds: () => boolean | Promise<boolean>): Promise<void>;
}

/** Starts it on a scripted source and SQLite in memory; `prepare` has the source before anybody asks it. */
export function startWork(options: {
  readonly prepare?: (source: ScriptedSource) => unknown;
  readonly settings?: Partial<SlaSettings>;
  readonly drafts?: readonly SlaDraft[];
  readonly clock?: FakeClock;
  /** Disposed of at the end. */
  readonly store?: SlaStore;
}): SlaManagerAtWork {
  const { clock = new FakeClock(START_MS), drafts } = options;
  const { store = openSqlSlaStore(openSqliteConnection({ path: ":memory:" })) } = options;
  const source = createScriptedSource({ clock, stepMs: 15_000 });
  options.prepare?.(source);
  const stop = new AbortController();
  const manager = startSlaManager({
    shards: createSoleOwner(),
    source,
    store,
    clock,
    metrics: createMetrics(),
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    drafts,
    signal: stop.signal,
  });
  return {
    ...manager,
    clock,
    source,
    get: async (path) => await (await manager.app.request(path)).json(),
    untilOnTheWay: (holds) =>
      until(async () => {
        if (await holds()) return true;
        await clock.advance(1_000);
        return false;
      }),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await manager.done;
      await store[Symbol.asyncDispose]();
    },
  };
}
