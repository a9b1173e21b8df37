import { cacheFolder, exists, requireProgram } from "./_install.ts";
import { accepts, freePort, run, type ServerProcess, startProcess, untilReady } from "./_process.ts";

const VERSION = "4.1.0";

/** A real Kafka broker (KRaft, one node) in a temporary folder. */
export interface KafkaServer extends AsyncDisposable {
  /** For `KAFKA_BROKERS`. */
  readonly brokers: string;
  /** Starts it again after {@linkcode stop}, same port, same data. */
  start(): Promise<void>;
  /** Ends it; `SIGKILL` is a crash, `SIGSTOP` is not an end: use {@linkcode signal}. */
  stop(signal?: Deno.Signal): Promise<void>;
  /** Sends a signal without waiting for an end (`SIGSTOP`, `SIGCONT`). */
  signal(signal: Deno.Signal): void;
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
export async function openKafka(): Promise<KafkaServer> {
  const classes = `${await prepareKafka()}/*`;
  const folder = await Deno.makeTempDir({ prefix: "pronoia-kafka-" });
  const [port, controllerPort] = [freePort(), freePort()];
  const properties = `${folder}/server.properties`;
  await Deno.writeTextFile(properties, serverProperties(folder, port, controllerPort));
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
  let broker: ServerProcess | undefined;
  const server: KafkaServer = {
    brokers: `127.0.0.1:${port}`,
    async start() {
      const started = startProcess("java", ["-Xmx512m", "-cp", classes, "kafka.Kafka", properties]);
      broker = started;
      await untilReady("Kafka", () => accepts(port), { log: started.log });
    },
    async stop(signal) {
      await broker?.end(signal);
      broker = undefined;
    },
    signal(signal) {
      if (broker !== undefined) Deno.kill(broker.pid, signal);
    },
    async [Symbol.asyncDispose]() {
      await server.stop("SIGKILL");
      await Deno.remove(folder, { recursive: true });
    },
  };
  await server.start();
  return server;
}

function serverProperties(folder: string, port: number, controllerPort: number): string {
  return Object.entries({
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.quorum.bootstrap.servers": `127.0.0.1:${controllerPort}`,
    "listeners": `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${port}`,
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
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

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>pronoia</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;
