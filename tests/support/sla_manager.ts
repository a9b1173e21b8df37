import { strictEqual } from "node:assert/strict";
import { createSoleOwner } from "../../services/shared/adapters/embedded/sole_owner.ts";
import { openSqlSlaStore } from "../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { SlaDraft } from "../../services/shared/domain/sla/sla.ts";
import type { ShardOwnership } from "../../services/shared/ports/shard_ownership.ts";
import type { SlaStore } from "../../services/shared/ports/sla_store.ts";
import type { ApiToken } from "../../services/shared/runtime/config/variables.ts";
import { checkDependency } from "../../services/shared/runtime/check_dependency.ts";
import { createServiceApp, type ServiceApp } from "../../services/shared/runtime/http/http.ts";
import { createMetrics } from "../../services/shared/runtime/metrics.ts";
import { addSlaRoutes } from "../../services/sla_manager/app.ts";
import { Evaluator } from "../../services/sla_manager/evaluation/evaluator.ts";
import { EventFeed } from "../../services/sla_manager/events/event_feed.ts";
import { createLocalMaths, type Maths } from "../../services/sla_manager/prediction/maths.ts";
import { DEFAULT_SETTINGS, type SlaSettings } from "../../services/sla_manager/settings.ts";
import { FakeClock } from "./fake_clock.ts";
import { createScriptedSource, type ScriptedSource } from "./scripted_source.ts";

/** The SLA manager without its loops: a test says when it evaluates. */
export interface SlaManagerUnderTest extends AsyncDisposable {
  readonly app: ServiceApp;
  readonly clock: FakeClock;
  readonly source: ScriptedSource;
  readonly store: SlaStore;
  readonly evaluator: Evaluator;
  readonly feed: EventFeed;
  readonly problems: { readonly what: string; readonly error: unknown }[];
  /** Ends live feeds. */
  stop(): void;
  /** Answers a request as a client sees it. */
  json(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Moves the clock on, evaluating everything at each interval. */
  run(durationMs: number): Promise<void>;
}

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // deno-lint-ignore no-explicit-any -- bodies are asserted field by field, whatever their type
  readonly body: any;
}

/** A round moment: 2026-01-01T00:00:00Z. */
export const START_MS = 1_767_225_600_000;

/** Composes it on a scripted source and SQLite in memory. */
export function openSlaManager(options: {
  readonly settings?: Partial<SlaSettings>;
  readonly store?: SlaStore;
  readonly clock?: FakeClock;
  readonly source?: ScriptedSource;
  readonly tokens?: readonly ApiToken[];
  readonly stepMs?: number;
  readonly shards?: ShardOwnership;
  readonly maths?: Maths;
} = {}): SlaManagerUnderTest {
  const clock = options.clock ?? new FakeClock(START_MS);
  const source = options.source ?? createScriptedSource({ clock, stepMs: options.stepMs ?? 15_000 });
  const store = options.store ?? openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const shards = options.shards ?? createSoleOwner();
  const feed = new EventFeed();
  const problems: { what: string; error: unknown }[] = [];
  const evaluator = new Evaluator({
    source,
    failingSince: async () => (await checkDependency(source, clock)).failingSinceMs ?? null,
    store,
    shards,
    clock,
    settings,
    maths: options.maths ?? createLocalMaths(),
    onProblem: (problem) => problems.push(problem),
    onEvents: () => feed.notify(),
  });
  const stop = new AbortController();
  const app = createServiceApp({
    service: "sla_manager",
    title: "test",
    description: "test",
    dependencies: { metrics_source: source, store },
    metrics: createMetrics(),
    tokens: options.tokens,
    signal: stop.signal,
  });
  addSlaRoutes(app, { evaluator, feed, signal: stop.signal });
  return {
    app,
    clock,
    source,
    store,
    evaluator,
    feed,
    problems,
    stop: () => stop.abort(),
    async json(method, path, body, headers = {}) {
      const response = await app.request(path, {
        method,
        headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
        body: body === undefined || typeof body === "string"
          ? body as string | undefined
          : JSON.stringify(body),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === "" ? null : JSON.parse(text),
      };
    },
    async run(durationMs) {
      for (let passedMs = 0; passedMs < durationMs; passedMs += settings.intervalMs) {
        await clock.advance(settings.intervalMs);
        await evaluator.evaluateAll();
      }
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await store[Symbol.asyncDispose]();
    },
  };
}

/** A draft with its defaults filled in. */
export function draftOf(draft: Record<string, unknown>): SlaDraft {
  return SlaDraft.parse(draft);
}

/** Creates an SLA as a client does; its id. */
export async function create(manager: SlaManagerUnderTest, body: object): Promise<string> {
  const { status, body: answer } = await manager.json("POST", "/slas", body);
  strictEqual(status, 201, JSON.stringify(answer));
  return answer.id;
}
