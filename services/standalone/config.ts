import { z } from "zod";
import { type StorageShape, storageVariables } from "../data_storage/config.ts";
import { type EtlShape, etlVariables } from "../etl/config.ts";
import {
  type AnalysisShape,
  analysisVariables,
  type CommonShape,
  commonVariables,
  type KafkaShape,
  kafkaVariables,
  mysqlVariables,
  type PrometheusShape,
  prometheusVariables,
} from "../shared/runtime/variables.ts";
import { type SlaShape, slaVariables } from "../sla_manager/config.ts";

/** What the four services need from elsewhere; each has an embedded stand-in here. */
export type ExternalShape = Omit<PrometheusShape, "PROMETHEUS_URL"> & {
  PROMETHEUS_URL: z.ZodType<string | undefined, string | undefined>;
  KAFKA_BROKERS: z.ZodType<readonly string[] | undefined, string | undefined>;
  KAFKA_PARTITIONS: KafkaShape["KAFKA_PARTITIONS"];
  MYSQL_URL: z.ZodType<string | undefined, string | undefined>;
  SQLITE_PATH: z.ZodType<string, string | undefined>;
};

/** Configuration of all services in one process: theirs, and nothing is required. */
export const StandaloneConfig: z.ZodObject<
  CommonShape & ExternalShape & AnalysisShape & EtlShape & StorageShape & SlaShape
> = z.object({
  ...commonVariables(8080),
  ...prometheusVariables,
  PROMETHEUS_URL: prometheusVariables.PROMETHEUS_URL.optional(),
  ...kafkaVariables,
  KAFKA_BROKERS: kafkaVariables.KAFKA_BROKERS.optional(),
  MYSQL_URL: mysqlVariables.MYSQL_URL.optional(),
  SQLITE_PATH: z.string().prefault("./data/pronoia.sqlite").describe(
    "File of results and SLAs where there is no MySQL",
  ),
  ...analysisVariables,
  ...etlVariables,
  ...storageVariables,
  ...slaVariables,
});
export type StandaloneConfig = z.infer<typeof StandaloneConfig>;
