import { z } from "zod";
import { durationBetween } from "../shared/runtime/config/duration_between.ts";
import { withKafkaRules } from "../shared/runtime/config/kafka_rules.ts";
import {
  type CommonShape,
  commonVariables,
  type KafkaShape,
  kafkaVariables,
  type MysqlShape,
  mysqlVariables,
} from "../shared/runtime/config/variables.ts";

/** How long history is kept and how it is consumed. */
export type StorageShape = {
  STORAGE_RETENTION_FORECASTS: z.ZodType<number, string | undefined>;
  STORAGE_RETENTION_STATISTICS: z.ZodType<number, string | undefined>;
  STORAGE_PRUNE_INTERVAL: z.ZodType<number, string | undefined>;
  STORAGE_GROUP: z.ZodType<string, string | undefined>;
};

/** Variables of data_storage alone; standalone reads them as well. */
export const storageVariables: StorageShape = {
  STORAGE_RETENTION_FORECASTS: durationBetween("1s", "20y").prefault("24h").describe(
    "How long forecasts are kept",
  ),
  STORAGE_RETENTION_STATISTICS: durationBetween("1s", "20y").prefault("7d").describe(
    "How long statistics are kept; a series that was silent for the longer of both goes with its metadata",
  ),
  STORAGE_PRUNE_INTERVAL: durationBetween("1s", "7d").prefault("10m").describe(
    "How often what is too old is deleted",
  ),
  STORAGE_GROUP: z.string().min(1).max(200).prefault("pronoia.data_storage").describe(
    "Consumer group: processes of one group share the work",
  ),
};

/** Configuration of data_storage: the bus it reads, the database it writes. */
export const DataStorageConfig: z.ZodObject<CommonShape & KafkaShape & MysqlShape & StorageShape> =
  withKafkaRules(z.object({
    ...commonVariables(8082),
    ...kafkaVariables,
    ...mysqlVariables,
    ...storageVariables,
  }));
export type DataStorageConfig = z.infer<typeof DataStorageConfig>;
