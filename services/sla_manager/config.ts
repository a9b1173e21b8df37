import { createHash } from "node:crypto";
import { z } from "zod";
import { DomainError } from "../shared/domain/errors.ts";
import type { SlaDraft } from "../shared/domain/sla/sla.ts";
import { durationBetween } from "../shared/runtime/config/duration_between.ts";
import { withKafkaRules } from "../shared/runtime/config/kafka_rules.ts";
import {
  type CommonShape,
  commonVariables,
  type KafkaShape,
  kafkaVariables,
  type MysqlShape,
  mysqlVariables,
  type PrometheusShape,
  prometheusVariables,
} from "../shared/runtime/config/variables.ts";
import { readSlaFile } from "./definitions/apply_file.ts";
import { DEFAULT_SETTINGS, type SlaSettings } from "./settings.ts";

const duration = (initial: string, { min, max }: { readonly min: string; readonly max: string }) =>
  durationBetween(min, max).prefault(initial);

const wholeNumber = (initial: number, bounds: { readonly min: number; readonly max: number }) => {
  const rule = `must be a whole number, ${bounds.min} … ${bounds.max}`;
  return z.string().regex(/^\d{1,9}$/, rule).transform(Number)
    .refine((value) => value >= bounds.min && value <= bounds.max, rule).prefault(String(initial));
};

const httpUrl = z.url({ protocol: /^https?$/, error: "must be a URL such as http://alertmanager:9093" });

const SlaFile: z.ZodType<readonly SlaDraft[], string> = z.string().transform((path, context) => {
  if (path === "") return [];
  try {
    return readSlaFile(Deno.readTextFileSync(path));
  } catch (error) {
    const message = error instanceof DomainError ? error.message : "must name a readable file";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }
});

/** What only this service reads. */
export type SlaShape = {
  SLA_INTERVAL: z.ZodType<number, string | undefined>;
  SLA_HORIZON: z.ZodType<number, string | undefined>;
  SLA_STEP: z.ZodType<number | undefined, string | undefined>;
  SLA_RISK_THRESHOLD: z.ZodType<number, string | undefined>;
  SLA_RISK_FOR: z.ZodType<number, string | undefined>;
  SLA_STALE_AFTER: z.ZodType<number, string | undefined>;
  SLA_RETIRE_AFTER: z.ZodType<number, string | undefined>;
  SLA_OFFSET: z.ZodType<number | undefined, string | undefined>;
  SLA_LOOKBACK: z.ZodType<number, string | undefined>;
  SLA_CHOICE_INTERVAL: z.ZodType<number, string | undefined>;
  SLA_SERIES_MAX: z.ZodType<number, string | undefined>;
  SLA_GAUGES_MAX: z.ZodType<number, string | undefined>;
  SLA_EVENTS_RETENTION: z.ZodType<number, string | undefined>;
  SLA_FILE: z.ZodType<readonly SlaDraft[], string | undefined>;
  SLA_EXTERNAL_URL: z.ZodType<string | undefined, string | undefined>;
  ALERTMANAGER_URL: z.ZodType<string | undefined, string | undefined>;
  WEBHOOK_URL: z.ZodType<string | undefined, string | undefined>;
  WEBHOOK_SECRET: z.ZodType<string | undefined, string | undefined>;
};

/** Variables of the SLA manager itself, to spread into a schema. */
export const slaVariables: SlaShape = {
  SLA_INTERVAL: duration("30s", { min: "1s", max: "1h" }).describe(
    "Time between two evaluations of every SLA",
  ),
  SLA_HORIZON: duration("10m", { min: "10s", max: "24h" }).describe("How far ahead violations are predicted"),
  SLA_STEP: durationBetween("1s", "1h").optional().describe(
    "Grid step of SLAs that name none; default: the scrape interval, found",
  ),
  SLA_RISK_THRESHOLD: z.string().transform(Number)
    .refine((share) => share > 0 && share <= 1, "must be a probability above 0, at most 1")
    .prefault(String(DEFAULT_SETTINGS.riskThreshold))
    .describe("Probability of a violation within the horizon from which on an SLA is at risk"),
  SLA_RISK_FOR: duration("1m", { min: "0s", max: "1h" }).describe(
    "How long an SLA must be at risk before an alert tells of it, and calm before it is ok again",
  ),
  SLA_STALE_AFTER: duration("3m", { min: "1s", max: "1d" }).describe(
    "Age of the newest sample from which on the state is unknown; never less than three steps",
  ),
  SLA_RETIRE_AFTER: duration("1h", { min: "1m", max: "5h" }).describe(
    "How long a series that has no samples any more, while others of its SLA have, counts for the state",
  ),
  SLA_OFFSET: durationBetween("0s", "1h").optional().describe(
    "How long a sample is left to settle before it is accounted; default: one step",
  ),
  SLA_LOOKBACK: duration("24h", { min: "10m", max: "31d" }).describe(
    "Samples from which a forecasting method is chosen; never fewer than 1,000 steps",
  ),
  SLA_CHOICE_INTERVAL: duration("15m", { min: "1m", max: "7d" }).describe(
    "Time between two choices of a method",
  ),
  SLA_SERIES_MAX: wholeNumber(200, { min: 1, max: 10_000 }).describe("Most series of one SLA"),
  SLA_GAUGES_MAX: wholeNumber(1_000, { min: 0, max: 100_000 }).describe("Most SLAs with gauges on /metrics"),
  SLA_EVENTS_RETENTION: duration("1y", { min: "1d", max: "20y" }).describe("How long events are kept"),
  SLA_FILE: SlaFile.prefault("").describe("JSON list of SLAs, created or updated by name at the start"),
  SLA_EXTERNAL_URL: httpUrl.optional().describe("Where people find this API, for links in alerts"),
  ALERTMANAGER_URL: httpUrl.optional().describe(
    "Alertmanager to send alerts to, such as http://alertmanager:9093",
  ),
  WEBHOOK_URL: httpUrl.optional().meta({
    secret: true,
    description: "Where every alert change is posted as JSON",
  }),
  WEBHOOK_SECRET: z.string().optional().meta({
    secret: true,
    description: "Signs what is posted to WEBHOOK_URL",
  }),
};

const { KAFKA_PARTITIONS: _, ...kafkaAccess } = kafkaVariables;

/** How to reach Kafka, for those who have one. */
export type OptionalKafkaShape = Omit<KafkaShape, "KAFKA_BROKERS" | "KAFKA_PARTITIONS"> & {
  KAFKA_BROKERS: z.ZodType<readonly string[] | undefined, string | undefined>;
};

/** The whole environment of the SLA manager; with Kafka, replicas on one database share the SLAs. */
export const SlaManagerConfig: z.ZodObject<
  CommonShape & PrometheusShape & OptionalKafkaShape & MysqlShape & SlaShape
> = withKafkaRules(z.object({
  ...commonVariables(8084),
  ...prometheusVariables,
  ...kafkaAccess,
  KAFKA_BROKERS: kafkaVariables.KAFKA_BROKERS.optional(),
  ...mysqlVariables,
  ...slaVariables,
}));

/** The group whose replicas share the SLAs: those on one database. */
export function shardGroupOf({ MYSQL_URL }: { readonly MYSQL_URL: string }): string {
  const { host, pathname } = new URL(MYSQL_URL);
  return `pronoia.sla_manager.${createHash("sha256").update(host + pathname).digest("hex").slice(0, 8)}`;
}

/** The variables of the SLA manager, parsed. */
export type SlaVariables = z.infer<z.ZodObject<SlaShape>>;

/** Turns variables into settings. */
export function readSettings(config: SlaVariables, channels: readonly string[]): SlaSettings {
  return {
    ...DEFAULT_SETTINGS,
    intervalMs: config.SLA_INTERVAL,
    horizonMs: config.SLA_HORIZON,
    stepMs: config.SLA_STEP ?? null,
    riskThreshold: config.SLA_RISK_THRESHOLD,
    riskForMs: config.SLA_RISK_FOR,
    staleAfterMs: config.SLA_STALE_AFTER,
    retireAfterMs: config.SLA_RETIRE_AFTER,
    settleMs: config.SLA_OFFSET ?? null,
    lookbackMs: config.SLA_LOOKBACK,
    chooseIntervalMs: config.SLA_CHOICE_INTERVAL,
    seriesMax: config.SLA_SERIES_MAX,
    externalUrl: config.SLA_EXTERNAL_URL?.replace(/\/+$/, "") ?? null,
    channels,
  };
}
