import { createHash } from "node:crypto";
import { z } from "zod";
import { durationBetween } from "../shared/runtime/config/duration_between.ts";
import { withKafkaRules } from "../shared/runtime/config/kafka_rules.ts";
import {
  type AnalysisShape,
  analysisVariables,
  type CommonShape,
  commonVariables,
  type KafkaShape,
  kafkaVariables,
  type PrometheusShape,
  prometheusVariables,
} from "../shared/runtime/config/variables.ts";
import type { EtlSettings } from "./settings.ts";

/** Variables of the etl alone. */
export type EtlShape = {
  ETL_SELECTORS: z.ZodType<readonly string[], string | undefined>;
  ETL_SERIES_MAX: z.ZodType<number, string | undefined>;
  ETL_SAMPLE_SIZE: z.ZodType<number | undefined, string | undefined>;
  ETL_SEED: z.ZodType<number, string | undefined>;
  ETL_INTERVAL: z.ZodType<number, string | undefined>;
  ETL_METADATA_INTERVAL: z.ZodType<number, string | undefined>;
  ETL_HORIZON: z.ZodType<number, string | undefined>;
  ETL_STEP: z.ZodType<number | undefined, string | undefined>;
  ETL_OFFSET: z.ZodType<number, string | undefined>;
};

const positiveInteger = z.string().regex(/^[1-9]\d{0,6}$/, "must be a whole number from 1 to 9999999")
  .transform(Number);

/** How series are found and analysed; spread into the schema of whoever runs the etl. */
export const etlVariables: EtlShape = {
  ETL_SELECTORS: z.string().transform((text) =>
    text.split("\n").map((line) => line.trim()).filter((line) => line !== "")
  )
    .refine((selectors) => selectors.length > 0, "must hold a selector")
    .prefault('{__name__=~".+",__name__!~"scrape_.*"}')
    .describe("PromQL selectors of the series to analyse, one a line"),
  ETL_SERIES_MAX: positiveInteger.prefault("2000").describe(
    "Most series analysed by one process; beyond, a warning tells",
  ),
  ETL_SAMPLE_SIZE: positiveInteger.optional().describe(
    "Analyse a random sample of so many series; default: all",
  ),
  ETL_SEED: z.string().regex(/^\d{1,9}$/, "must be a whole number").transform(Number).prefault("1")
    .describe("Seed of the random sample"),
  ETL_INTERVAL: durationBetween("1s", "7d").prefault("1m").describe(
    "From cycle to cycle: statistics and forecasts",
  ),
  ETL_METADATA_INTERVAL: durationBetween("1s", "7d").prefault("15m")
    .describe(
      "From metadata to metadata of a series, and from choice to choice of its forecaster; a young series, and one that outgrew its method, sooner",
    ),
  ETL_HORIZON: durationBetween("1s", "24h").prefault("10m").describe("How far forecasts reach"),
  ETL_STEP: durationBetween("1s", "1h").optional().describe(
    "Step of the analysis; default: the scrape interval, found",
  ),
  ETL_OFFSET: durationBetween("0s", "1h").prefault("5s").describe(
    "How far behind now samples are read, for those under way",
  ),
};

/** Configuration of the etl as a process of its own. */
export const EtlConfig: z.ZodObject<CommonShape & PrometheusShape & KafkaShape & AnalysisShape & EtlShape> =
  withKafkaRules(
    z.object({
      ...commonVariables(8081),
      ...prometheusVariables,
      ...kafkaVariables,
      ...analysisVariables,
      ...etlVariables,
    }),
  );
export type EtlConfig = z.infer<typeof EtlConfig>;

/**
 * The group whose replicas share the series: those that find the same ones. Whoever looks elsewhere, or for other
 * series, must not be given a share of these.
 */
export function shardGroupOf(config: EtlConfig): string {
  const found = [
    config.PROMETHEUS_URL,
    config.PROMETHEUS_USERNAME,
    config.PROMETHEUS_HEADERS,
    config.ETL_SELECTORS,
    config.ETL_SAMPLE_SIZE,
    config.ETL_SEED,
  ];
  return `pronoia.etl.${createHash("sha256").update(JSON.stringify(found)).digest("hex").slice(0, 8)}`;
}

/** The settings in the etl's own words. */
export function toSettings(config: Pick<EtlConfig, keyof EtlShape | keyof AnalysisShape>): EtlSettings {
  return {
    selectors: config.ETL_SELECTORS,
    seriesMax: config.ETL_SERIES_MAX,
    sampleSize: config.ETL_SAMPLE_SIZE,
    seed: config.ETL_SEED,
    intervalMs: config.ETL_INTERVAL,
    metadataIntervalMs: config.ETL_METADATA_INTERVAL,
    windowsMs: config.ETL_WINDOWS,
    lookbackMs: config.ETL_LOOKBACK,
    horizonMs: config.ETL_HORIZON,
    stepMs: config.ETL_STEP,
    offsetMs: config.ETL_OFFSET,
  };
}
