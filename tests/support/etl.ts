import type { EtlConfig } from "../../services/etl/config.ts";
import type { Cycle } from "../../services/etl/record/cycle_log.ts";
import { startEtl } from "../../services/etl/start.ts";
import { openEmbeddedBus } from "../../services/shared/adapters/embedded/embedded_bus.ts";
import { createSoleOwner } from "../../services/shared/adapters/embedded/sole_owner.ts";
import { openSqliteConnection } from "../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { ResultMessage } from "../../services/shared/domain/results/messages.ts";
import { RESULTS_TOPIC } from "../../services/shared/domain/topics.ts";
import type { IncomingMessage, MessageBus } from "../../services/shared/ports/message_bus.ts";
import type { MetricsSource } from "../../services/shared/ports/metrics_source.ts";
import type { ShardOwnership } from "../../services/shared/ports/shard_ownership.ts";
import { createMetrics, type MetricsRegistry } from "../../services/shared/runtime/metrics.ts";
import { FakeClock } from "./fake_clock.ts";
import { until } from "./until.ts";

/**
 * The etl over an embedded bus: after its first cycle the next one comes when a test moves the clock or asks for it.
 */
export interface EtlUnderTest extends AsyncDisposable {
  readonly clock: FakeClock;
  readonly metrics: MetricsRegistry;
  get(path: string, init?: RequestInit): Promise<Answer>;
  /** The newest cycle once so many have ended. */
  untilCycles(count: number): Promise<Cycle>;
  /** Runs one cycle more, and tells it when it has ended. */
  runCycle(): Promise<Cycle>;
  /** Everything published, oldest first. */
  published(): Promise<readonly { readonly raw: IncomingMessage; readonly message: ResultMessage }[]>;
}

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // deno-lint-ignore no-explicit-any -- bodies are asserted field by field, whatever their type
  readonly body: any;
}

/** What it runs on. */
export interface EtlUnderTestOptions {
  readonly config: EtlConfig;
  /** Disposed of at the end. */
  readonly source: MetricsSource;
  readonly clock?: FakeClock;
  readonly shards?: ShardOwnership;
  readonly changeBus?: (bus: MessageBus) => MessageBus;
}

/** Starts it; its first cycle is under way. */
export function openEtl(options: EtlUnderTestOptions): EtlUnderTest {
  const { config, source, clock = new FakeClock(), shards = createSoleOwner(), changeBus = (it) => it } =
    options;
  const bus = openEmbeddedBus(openSqliteConnection({ path: ":memory:" }));
  const stop = new AbortController();
  const metrics = createMetrics();
  const etl = startEtl({ config, source, bus: changeBus(bus), shards, clock, metrics, signal: stop.signal });

  async function get(path: string, init?: RequestInit): Promise<Answer> {
    const response = await etl.app.fetch(new Request(`http://etl${path}`, init));
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
  async function ended(): Promise<Cycle[]> {
    return (await get("/cycles")).body.items.filter(({ state }: Cycle) => state !== "running");
  }
  async function untilCycles(count: number): Promise<Cycle> {
    await until(async () => (await ended()).length >= count, `cycle ${count}`);
    return (await ended())[0];
  }
  return {
    clock,
    metrics,
    get,
    untilCycles,
    async runCycle() {
      const before = (await ended()).length;
      // One that has just ended may still be tidied up after.
      await until(async () => (await get("/cycles", { method: "POST" })).status === 202, "its turn");
      return await untilCycles(before + 1);
    },
    async published() {
      return (await bus.browse(RESULTS_TOPIC, { limit: 1_000 })).map((raw) => ({
        raw,
        message: ResultMessage.parse(JSON.parse(new TextDecoder().decode(raw.value!))),
      }));
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await etl.done;
      await source[Symbol.asyncDispose]();
      await bus[Symbol.asyncDispose]();
    },
  };
}
