import { z } from "zod";
import { type StorageShape, storageVariables } from "../data_storage/config.ts";
import { type EtlShape, etlVariables } from "../etl/config.ts";
import { withKafkaRules } from "../shared/runtime/config/kafka_rules.ts";
import {
  type AnalysisShape,
  analysisVariables,
  type CommonShape,
  commonVariables,
  type KafkaShape,
  kafkaVariables,
  type MysqlShape,
  mysqlVariables,
  type PrometheusShape,
  prometheusVariables,
} from "../shared/runtime/config/variables.ts";
import { type SlaShape, slaVariables } from "../sla_manager/config.ts";
import { DEMO_SQLITE_PATH, SQLITE_PATH } from "./sqlite_path.ts";

/** What the four services need from elsewhere; each has an embedded stand-in here. */
export type ExternalShape = Omit<PrometheusShape, "PROMETHEUS_URL"> & Omit<KafkaShape, "KAFKA_BROKERS"> & {
  PROMETHEUS_URL: z.ZodType<string | undefined, string | undefined>;
  KAFKA_BROKERS: z.ZodType<readonly string[] | undefined, string | undefined>;
  MYSQL_URL: z.ZodType<string | undefined, string | undefined>;
  MYSQL_CA_FILE: MysqlShape["MYSQL_CA_FILE"];
  SQLITE_PATH: z.ZodType<string | undefined, string | undefined>;
};

/** What the demo begins with. */
export type DemoShape = { DEMO_SLAS: z.ZodType<boolean, string | undefined> };

const demoVariables: DemoShape = {
  DEMO_SLAS: z.enum(["true", "false"], "must be true or false").transform((text) => text === "true")
    .prefault("true").describe(
      "Whether the demo begins with some SLAs: made at its first start, and yours from then on",
    ),
};

/** Pages of neighbours that the dashboard leads to. */
export type LinkShape = Record<
  "LINK_DATABASE" | "LINK_GRAFANA" | "LINK_PROMETHEUS",
  z.ZodType<string | undefined, string | undefined>
>;

const link = (what: string, example: string): LinkShape["LINK_DATABASE"] =>
  z.url({ protocol: /^https?$/, error: `must be a URL such as ${example}` }).optional().describe(
    `${what} as a browser reaches it; the dashboard links to it`,
  );

const linkVariables: LinkShape = {
  LINK_DATABASE: link("Page of the database, such as Adminer,", "http://localhost:8090"),
  LINK_GRAFANA: link("Grafana", "https://grafana.example.com"),
  LINK_PROMETHEUS: link("Prometheus' own page", "http://localhost:9090"),
};

/** Configuration of all services in one process: theirs, and nothing is required. */
export const StandaloneConfig: z.ZodObject<
  CommonShape & ExternalShape & AnalysisShape & EtlShape & StorageShape & SlaShape & DemoShape & LinkShape
> = withKafkaRules(z.object({
  ...commonVariables(8080, "localhost"),
  ...prometheusVariables,
  PROMETHEUS_URL: prometheusVariables.PROMETHEUS_URL.optional(),
  ...kafkaVariables,
  KAFKA_BROKERS: kafkaVariables.KAFKA_BROKERS.optional(),
  ...mysqlVariables,
  MYSQL_URL: mysqlVariables.MYSQL_URL.optional(),
  SQLITE_PATH: z.string().optional().describe(
    `File of results and SLAs where there is no MySQL. Default: ${SQLITE_PATH}, of the demo ${DEMO_SQLITE_PATH}`,
  ),
  ...analysisVariables,
  ...etlVariables,
  ...storageVariables,
  ...slaVariables,
  ...demoVariables,
  ...linkVariables,
}));
export type StandaloneConfig = z.infer<typeof StandaloneConfig>;
