import type { MessageBus } from "../ports/message_bus.ts";

/** Which bus. */
export interface BusConfig {
  /** `host:port` of Kafka brokers; none chooses the embedded bus. */
  readonly brokers?: readonly string[];
  /** Partitions of topics this process has to create. @default 6 */
  readonly partitions?: number;
  /** File of the embedded bus, or `:memory:`. */
  readonly path?: string;
}

/**
 * Opens Kafka if there are brokers, else the embedded bus at `path`. The driver of the other is not even loaded.
 *
 * @throws {TypeError} If there is neither.
 */
export async function openBus(config: BusConfig): Promise<MessageBus> {
  const { brokers = [], partitions = 6, path } = config;
  if (brokers.length > 0) {
    const { openKafkaBus } = await import("./kafka_bus.ts");
    return openKafkaBus({ brokers, partitions });
  }
  if (path === undefined) {
    throw new TypeError("Cannot open a bus as there must be brokers or a file: found neither");
  }
  const { openSqliteConnection } = await import("./sqlite_connection.ts");
  const { openEmbeddedBus } = await import("./embedded_bus.ts");
  return openEmbeddedBus(openSqliteConnection({ path }));
}

/** The embedded bus' file beside the store's: a log that is always rewritten should not bloat the store. */
export function embeddedBusPath(sqlitePath: string): string {
  return sqlitePath === ":memory:" ? sqlitePath : sqlitePath.replace(/(?:\.sqlite)?$/, "-bus.sqlite");
}
