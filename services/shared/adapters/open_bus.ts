import type { MessageBus } from "../ports/message_bus.ts";
import type { KafkaSecurity, SaslMechanism } from "./kafka/kafka_security.ts";

/** Which bus. */
export interface BusConfig {
  /** `host:port` of Kafka brokers; none chooses the embedded bus. */
  readonly brokers?: readonly string[];
  /** Partitions of topics this process has to create. @default 6 */
  readonly partitions?: number;
  /** How the brokers are spoken to. @default in the clear, without a name */
  readonly security?: KafkaSecurity;
  /** File of the embedded bus, or `:memory:`. */
  readonly path?: string;
}

/** The variables that say where Kafka is; without `KAFKA_BROKERS` it is the embedded bus. */
export interface KafkaVariables {
  readonly KAFKA_BROKERS?: readonly string[];
  readonly KAFKA_PARTITIONS?: number;
  readonly KAFKA_SSL: boolean;
  readonly KAFKA_CA_FILE?: string;
  readonly KAFKA_SASL_MECHANISM?: SaslMechanism;
  readonly KAFKA_USERNAME?: string;
  readonly KAFKA_PASSWORD?: string;
}

/** The configuration in the bus' own words. */
export function toBusConfig(config: KafkaVariables): BusConfig {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_USERNAME: username = "", KAFKA_PASSWORD: password = "" } =
    config;
  return {
    brokers: config.KAFKA_BROKERS,
    partitions: config.KAFKA_PARTITIONS,
    security: {
      tls: config.KAFKA_SSL,
      caFile: config.KAFKA_CA_FILE,
      sasl: mechanism === undefined ? undefined : { mechanism, username, password },
    },
  };
}

/**
 * Opens Kafka if there are brokers, else the embedded bus at `path`. The driver of the other is not even loaded.
 *
 * @throws {TypeError} If there is neither.
 */
export async function openBus(config: BusConfig): Promise<MessageBus> {
  const { brokers = [], partitions = 6, security, path } = config;
  if (brokers.length > 0) {
    const { openKafkaBus } = await import("./kafka/kafka_bus.ts");
    return openKafkaBus({ brokers, partitions, security });
  }
  if (path === undefined) {
    throw new TypeError("Cannot open a bus as there must be brokers or a file: found neither");
  }
  const { openSqliteConnection } = await import("./sqlite/sqlite_connection.ts");
  const { openEmbeddedBus } = await import("./embedded/embedded_bus.ts");
  return openEmbeddedBus(openSqliteConnection({ path }));
}

/** The embedded bus' file beside the store's: a log that is always rewritten should not bloat the store. */
export function embeddedBusPath(sqlitePath: string): string {
  return sqlitePath === ":memory:" ? sqlitePath : sqlitePath.replace(/(?:\.sqlite)?$/, "-bus.sqlite");
}
