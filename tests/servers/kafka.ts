import { cacheFolder, exists, requireProgram } from "./_install.ts";
import { accepts, freePort, run } from "./_process.ts";
import { openRestartable, type RestartableServer } from "./_restartable.ts";
import type { Certificates } from "./certificates.ts";

const VERSION = "4.1.0";

/** How clients have to come; without it in the clear and unnamed. */
export interface KafkaOptions {
  /** @default "PLAINTEXT" */
  readonly protocol?: "PLAINTEXT" | "SSL" | "SASL_PLAINTEXT" | "SASL_SSL";
  /** For `SSL` and `SASL_SSL`. */
  readonly certificates?: Certificates;
  /** Users and passwords of the mechanism PLAIN; those of SCRAM are set later. */
  readonly users?: Readonly<Record<string, string>>;
}

/** A real Kafka broker (KRaft, one node) in a temporary folder. */
export interface KafkaServer extends RestartableServer {
  /** For `KAFKA_BROKERS`. */
  readonly brokers: string;
  /** Sets the password of a user for a SCRAM mechanism, as an administrator does while the broker runs. */
  setPassword(mechanism: "SCRAM-SHA-256" | "SCRAM-SHA-512", user: string, password: string): Promise<void>;
}

/** Fetches what a broker needs: Java, and the jars by Maven into the cache folder. */
export async function prepareKafka(): Promise<string> {
  await requireProgram("java", "default-jre-headless");
  const libraries = `${cacheFolder()}/kafka-${VERSION}`;
  if (await exists(`${libraries}/complete`)) return libraries;
  await requireProgram("mvn", "maven");
  const folder = await Deno.makeTempDir({ prefix: "pronoia-kafka-jars-" });
  await Deno.writeTextFile(`${folder}/pom.xml`, POM);
  await Deno.mkdir(libraries, { recursive: true });
  await run("mvn", ["-q", "-B", "dependency:copy-dependencies", `-DoutputDirectory=${libraries}`], {
    cwd: folder,
  });
  await Deno.writeTextFile(`${libraries}/complete`, "");
  await Deno.remove(folder, { recursive: true });
  return libraries;
}

/** Starts a broker of its own; about 4 s. */
export async function openKafka(options: KafkaOptions = {}): Promise<KafkaServer> {
  const classes = `${await prepareKafka()}/*`;
  const folder = await Deno.makeTempDir({ prefix: "pronoia-kafka-" });
  const [port, controllerPort, internalPort] = [freePort(), freePort(), freePort()];
  const properties = `${folder}/server.properties`;
  await Deno.writeTextFile(
    properties,
    serverProperties(folder, { port, controllerPort, internalPort }, options),
  );
  // A cluster id is 16 bytes in URL-safe base64.
  const clusterId = crypto.getRandomValues(new Uint8Array(16)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
  await run("java", [
    "-cp",
    classes,
    "kafka.tools.StorageTool",
    "format",
    "--standalone",
    "-t",
    clusterId.startsWith("-") ? `A${clusterId.slice(1)}` : clusterId,
    "-c",
    properties,
  ]);
  const server = await openRestartable({
    name: "Kafka",
    command: "java",
    args: ["-Xmx512m", "-cp", classes, "kafka.Kafka", properties],
    folder,
    isReady: () => accepts(port),
  });
  return {
    ...server,
    brokers: `127.0.0.1:${port}`,
    async setPassword(mechanism, user, password) {
      await run("java", [
        "-cp",
        classes,
        "kafka.admin.ConfigCommand",
        "--bootstrap-server",
        `127.0.0.1:${internalPort}`,
        "--alter",
        "--add-config",
        `${mechanism}=[password=${password}]`,
        "--entity-type",
        "users",
        "--entity-name",
        user,
      ]);
    },
  };
}

interface Ports {
  readonly port: number;
  readonly controllerPort: number;
  readonly internalPort: number;
}

function serverProperties(folder: string, ports: Ports, options: KafkaOptions): string {
  const { protocol = "PLAINTEXT" } = options;
  const address = `CLIENT://127.0.0.1:${ports.port},INTERNAL://127.0.0.1:${ports.internalPort}`;
  return Object.entries({
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.quorum.bootstrap.servers": `127.0.0.1:${ports.controllerPort}`,
    "listeners": `${address},CONTROLLER://127.0.0.1:${ports.controllerPort}`,
    "advertised.listeners": address,
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "INTERNAL",
    "listener.security.protocol.map": `CLIENT:${protocol},INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT`,
    ...securityProperties(options),
    "log.dirs": `${folder}/log`,
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "4",
    "group.initial.rebalance.delay.ms": "0",
    "auto.create.topics.enable": "false",
  }).map(([key, value]) => `${key}=${value}`).join("\n");
}

function securityProperties({ certificates, users = {} }: KafkaOptions): Record<string, string> {
  const plain = Object.entries(users).map(([user, password]) => ` user_${user}="${password}"`).join("");
  const modules = "org.apache.kafka.common.security";
  return {
    "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
    "listener.name.client.plain.sasl.jaas.config": `${modules}.plain.PlainLoginModule required${plain};`,
    ...Object.fromEntries(["256", "512"].map((bits) => [
      `listener.name.client.scram-sha-${bits}.sasl.jaas.config`,
      `${modules}.scram.ScramLoginModule required;`,
    ])),
    ...(certificates === undefined ? {} : {
      "listener.name.client.ssl.keystore.type": "PEM",
      "listener.name.client.ssl.keystore.location": certificates.bundleFile,
    }),
  };
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>pronoia</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;
