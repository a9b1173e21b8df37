import { DataStorageConfig } from "../../../services/data_storage/config.ts";
import { startDataStorage } from "../../../services/data_storage/start.ts";
import { openEmbeddedBus } from "../../../services/shared/adapters/embedded/embedded_bus.ts";
import { openBus } from "../../../services/shared/adapters/open_bus.ts";
import { openResultReader, openResultWriter } from "../../../services/shared/adapters/open_store.ts";
import { createResultReader } from "../../../services/shared/adapters/results/sql_result_reader.ts";
import { createResultWriter } from "../../../services/shared/adapters/results/sql_result_writer.ts";
import { openSqliteConnection } from "../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { RESULTS_TOPIC } from "../../../services/shared/domain/topics.ts";
import type { MessageBus, OutgoingMessage } from "../../../services/shared/ports/message_bus.ts";
import type { ResultReader } from "../../../services/shared/ports/result_reader.ts";
import type { ResultWriter } from "../../../services/shared/ports/result_writer.ts";
import { createMetrics } from "../../../services/shared/runtime/metrics.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { until } from "../../support/until.ts";

/** data_storage over the embedded bus and SQLite. */
export interface OpenStorage extends AsyncDisposable {
  readonly bus: MessageBus;
  readonly reader: ResultReader;
  readonly clock: FakeClock;
  /** The store's file. */
  readonly path: string;
  publish(...messages: readonly OutgoingMessage[]): Promise<void>;
  /** Waits until everything published is dealt with. */
  settled(): Promise<void>;
  request(path: string, init?: RequestInit): Promise<Response>;
  // deno-lint-ignore no-explicit-any -- tests look into bodies whose shape is what they test
  body(path: string, init?: RequestInit): Promise<any>;
}

/** Starts it over embedded parts; `variables` are environment variables of the configuration. */
export async function openStorage(variables: Readonly<Record<string, string>> = {}): Promise<OpenStorage> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/store.sqlite`;
  const bus = openEmbeddedBus(openSqliteConnection({ path: `${folder}/bus.sqlite` }), {
    retryMinMs: 1,
    retryMaxMs: 20,
  });
  const writer = createResultWriter(openSqliteConnection({ path, busyTimeoutMs: 20 }));
  const reader = createResultReader(openSqliteConnection({ path, readOnly: true }));
  return compose({
    bus,
    writer,
    reader,
    path,
    variables,
    clean: () => Deno.remove(folder, { recursive: true }),
  });
}

/** Starts it over real servers. */
export async function openStorageOn(
  servers: { readonly brokers: string; readonly mysqlUrl: string },
): Promise<OpenStorage> {
  const { brokers, mysqlUrl } = servers;
  const bus = await openBus({ brokers: [brokers], partitions: 3 });
  const writer = await openResultWriter({ mysqlUrl });
  const reader = await openResultReader({ mysqlUrl });
  return compose({ bus, writer, reader, path: mysqlUrl, variables: {}, clean: () => Promise.resolve() });
}

interface Parts {
  readonly bus: MessageBus;
  readonly writer: ResultWriter;
  readonly reader: ResultReader;
  readonly path: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly clean: () => Promise<void>;
}

function compose({ bus, writer, reader, path, variables, clean }: Parts): OpenStorage {
  const config = DataStorageConfig.parse({
    KAFKA_BROKERS: "none:1",
    MYSQL_URL: "mysql://none/none",
    ...variables,
  });
  const clock = new FakeClock();
  const stop = new AbortController();
  const service = startDataStorage({
    config,
    bus,
    writer,
    clock,
    metrics: createMetrics(),
    signal: stop.signal,
  });
  const request = async (target: string, init?: RequestInit) =>
    await service.app.fetch(new Request(`http://storage${target}`, init));
  return {
    bus,
    reader,
    clock,
    path,
    publish: (...messages) => bus.publish(RESULTS_TOPIC, messages),
    settled: () =>
      until(async () => (await bus.lag(RESULTS_TOPIC, config.STORAGE_GROUP)).every(({ lag }) => lag === 0)),
    request,
    async body(target, init) {
      const response = await request(target, init);
      const body = await response.json();
      if (!response.ok) throw new Error(`${target} answered ${response.status}: ${JSON.stringify(body)}`);
      return body;
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await service.done;
      await bus[Symbol.asyncDispose]();
      await writer[Symbol.asyncDispose]();
      await reader[Symbol.asyncDispose]();
      await clean();
    },
  };
}
