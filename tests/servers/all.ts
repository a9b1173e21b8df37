import { type ContainerParts, hasDocker, openContainer } from "./_container.ts";
import { requireProgram } from "./_install.ts";
import { openAlertmanager, prepareAlertmanager } from "./alertmanager.ts";
import { prepareCaddy } from "./caddy.ts";
import { prepareChromium } from "./chromium.ts";
import { openKafka, prepareKafka } from "./kafka.ts";
import { openMariadb, prepareMariadb } from "./mariadb.ts";
import { openMysql, prepareMysql } from "./mysql.ts";
import { openNodeExporter, prepareNodeExporter } from "./node_exporter.ts";
import { openPrometheus, preparePrometheus, preparePrometheus3 } from "./prometheus.ts";
import { environmentName, SERVER_NAMES, type ServerName, sharedUrl } from "./server_tests.ts";

/** What the tests get, and what they have to do without and why. */
export interface TestServers {
  /** The variables for the test processes. */
  readonly environment: Readonly<Record<string, string>>;
  readonly missing: readonly { readonly server: ServerName; readonly reason: string }[];
}

interface Opened extends AsyncDisposable {
  readonly url: string;
}

interface Recipe {
  /** Brings what the server needs, or throws in words. */
  readonly prepare: () => Promise<unknown>;
  /** Starts the shared one; absent where there is nothing to share. */
  readonly open?: () => Promise<Opened>;
  readonly container?: (port: number) => ContainerParts;
  readonly containerUrl?: (port: number) => string;
}

const RECIPES: Readonly<Record<ServerName, Recipe>> = {
  kafka: {
    prepare: prepareKafka,
    open: () => withUrl(openKafka(), (kafka) => kafka.brokers),
    container: (port) => ({
      image: "apache/kafka:4.1.0",
      port: 9092,
      env: {
        KAFKA_NODE_ID: "1",
        KAFKA_PROCESS_ROLES: "broker,controller",
        KAFKA_LISTENERS: "PLAINTEXT://:9092,CONTROLLER://:9093",
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
        KAFKA_CONTROLLER_LISTENER_NAMES: "CONTROLLER",
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        KAFKA_CONTROLLER_QUORUM_VOTERS: "1@localhost:9093",
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: "1",
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: "1",
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: "1",
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: "false",
      },
    }),
    containerUrl: (port) => `127.0.0.1:${port}`,
  },
  mariadb: {
    prepare: prepareMariadb,
    open: openMariadb,
    container: () => ({
      image: "mariadb:10.11",
      port: 3306,
      env: { MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: "1" },
    }),
    containerUrl: (port) => `mysql://root@127.0.0.1:${port}/`,
  },
  mysql: {
    prepare: prepareMysql,
    open: openMysql,
    container: () => ({ image: "mysql:8.4", port: 3306, env: { MYSQL_ALLOW_EMPTY_PASSWORD: "1" } }),
    containerUrl: (port) => `mysql://root@127.0.0.1:${port}/`,
  },
  prometheus: {
    prepare: preparePrometheus,
    open: () => openPrometheus(),
    container: () => ({ image: "prom/prometheus:v3.6.0", port: 9090 }),
    containerUrl: (port) => `http://127.0.0.1:${port}`,
  },
  // The newest, for what differs: each test starts one of its own.
  prometheus3: { prepare: preparePrometheus3 },
  node_exporter: {
    prepare: prepareNodeExporter,
    open: () => withUrl(openNodeExporter(), (exporter) => `http://${exporter.target}`),
  },
  alertmanager: { prepare: prepareAlertmanager, open: () => openAlertmanager() },
  caddy: { prepare: prepareCaddy },
  // Its command line, which backups are taken by.
  sqlite3: { prepare: () => requireProgram("sqlite3", "sqlite3") },
  // A program and not a server: its path travels like a URL, and there is nothing to end.
  chromium: {
    prepare: prepareChromium,
    open: async () => ({ url: await prepareChromium(), [Symbol.asyncDispose]: () => Promise.resolve() }),
  },
};

/**
 * Brings the servers up: a URL given in the environment is taken, else a native server is started, else a container;
 * what can't be had is listed with its reason. Everything started is ended when `opened` is disposed of, before all
 * of it is up too.
 */
export async function openTestServers(opened: AsyncDisposableStack): Promise<TestServers> {
  const environment: Record<string, string> = {};
  const missing: { server: ServerName; reason: string }[] = [];
  const startable: ServerName[] = [];
  const docker = await hasDocker();

  async function bring(server: ServerName): Promise<void> {
    const recipe = RECIPES[server];
    const name = environmentName(server);
    const given = sharedUrl(server);
    if (given !== undefined) environment[name] = given;
    try {
      await recipe.prepare();
      startable.push(server);
      if (given === undefined && recipe.open !== undefined) {
        environment[name] = opened.use(await recipe.open()).url;
      }
    } catch (error) {
      if (given !== undefined) return;
      const reason = error instanceof Error ? error.message : String(error);
      if (!docker || recipe.container === undefined || recipe.containerUrl === undefined) {
        missing.push({ server, reason });
        return;
      }
      environment[name] = recipe.containerUrl(opened.use(await openContainer(recipe.container)).port);
    }
  }

  await Promise.all(SERVER_NAMES.map(bring));
  environment.TEST_SERVERS = startable.join(",");
  return { environment, missing };
}

async function withUrl<Server extends AsyncDisposable>(
  opening: Promise<Server>,
  url: (server: Server) => string,
): Promise<Opened> {
  const server = await opening;
  return { url: url(server), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
