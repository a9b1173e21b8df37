import { z } from "zod";
import { LOG_LEVELS } from "../log.ts";
import { CertificatesFile } from "./certificates_file.ts";
import { durationBetween } from "./duration_between.ts";

const url = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, error: `must be a URL such as ${example}` });

/** A name and its bearer token. */
export interface ApiToken {
  readonly name: string;
  readonly token: string;
}

const ApiTokens: z.ZodType<readonly ApiToken[], string> = z.string().transform((text, context) =>
  text.split(",").map((pair) => pair.trim()).filter((pair) => pair !== "").map((pair) => {
    const [, name = "", token = ""] = /^([^:]+):(.+)$/.exec(pair) ?? [];
    if (name === "") context.addIssue({ code: "custom", message: "must look like name:token,name:token" });
    return { name, token };
  })
);

const List: z.ZodType<readonly string[], string> = z.string().transform((text) =>
  text.split(",").map((item) => item.trim()).filter((item) => item !== "")
);

/** Anything else would match no page, and nobody would hear of it. */
const Origins: z.ZodType<readonly string[], string> = List.pipe(
  z.array(
    z.string().refine((text) => text === "*" || (URL.canParse(text) && new URL(text).origin === text), {
      error: "must be origins such as https://grafana.example:3000, or *",
    }),
  ),
);

/** What every service reads; the type is left to inference as each schema is part of the service's own. */
export type CommonShape = {
  PORT: z.ZodType<number, string | undefined>;
  HOST: z.ZodType<string, string | undefined>;
  LOG_LEVEL: z.ZodType<typeof LOG_LEVELS[number], string | undefined>;
  LOG_FORMAT: z.ZodType<"json" | "text" | undefined, string | undefined>;
  API_TOKENS: z.ZodType<readonly ApiToken[], string | undefined>;
  CORS_ORIGINS: z.ZodType<readonly string[], string | undefined>;
};

/**
 * Variables of every service: spread into the service's own schema.
 *
 * @param host Address it listens on by default: a container's services are for others to reach.
 */
export function commonVariables(port: number, host = "0.0.0.0"): CommonShape {
  return {
    PORT: z.string().regex(/^\d{1,5}$/, "must be a port, 0 … 65535").transform(Number)
      .refine((value) => value <= 65535, "must be a port, 0 … 65535")
      .prefault(String(port)).describe("Port to listen on; 0 is any free one"),
    HOST: z.string().prefault(host).describe(
      "Address to listen on: 0.0.0.0 is every one of the machine, localhost those of the machine alone",
    ),
    LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).prefault("info").describe(
      "Least severe level that is logged: debug, info, warning or error",
    ),
    LOG_FORMAT: z.enum(["json", "text"], "must be json or text").optional().describe(
      "json: one object per line; text: for people. Default: text on a terminal, else json",
    ),
    API_TOKENS: ApiTokens.prefault("").meta({
      secret: true,
      description: "name:token,…; when set, every write needs one of the tokens as a bearer token",
    }),
    CORS_ORIGINS: Origins.prefault("").describe(
      "Origins of foreign pages that may read the API, separated by commas; * for any",
    ),
  };
}

/** How to reach Prometheus; make `PROMETHEUS_URL` optional where the demo source may stand in. */
export type PrometheusShape = {
  PROMETHEUS_URL: z.ZodType<string, string>;
  PROMETHEUS_USERNAME: z.ZodType<string | undefined, string | undefined>;
  PROMETHEUS_PASSWORD: z.ZodType<string | undefined, string | undefined>;
  PROMETHEUS_BEARER_TOKEN: z.ZodType<string | undefined, string | undefined>;
  PROMETHEUS_CA_FILE: z.ZodType<string | undefined, string | undefined>;
  PROMETHEUS_HEADERS: z.ZodType<string | undefined, string | undefined>;
};

/** Variables of every service that reads samples. */
export const prometheusVariables: PrometheusShape = {
  PROMETHEUS_URL: url(/^https?$/, "http://prometheus:9090").describe(
    "Prometheus (or what answers its API), such as http://prometheus:9090",
  ),
  PROMETHEUS_USERNAME: z.string().optional().describe("User name for basic authentication"),
  PROMETHEUS_PASSWORD: z.string().optional().meta({
    secret: true,
    description: "Password for basic authentication",
  }),
  PROMETHEUS_BEARER_TOKEN: z.string().optional().meta({
    secret: true,
    description: "Bearer token, instead of basic",
  }),
  PROMETHEUS_CA_FILE: CertificatesFile.optional().describe(
    "PEM file of the authority that signed Prometheus' certificate",
  ),
  PROMETHEUS_HEADERS: z.string().optional().meta({
    secret: true,
    description: "Further headers, one `Name: value` a line, such as X-Scope-OrgID: tenant",
  }),
};

/** How to reach Kafka. */
export type KafkaShape = {
  KAFKA_BROKERS: z.ZodType<readonly string[], string>;
  KAFKA_PARTITIONS: z.ZodType<number, string | undefined>;
  KAFKA_SSL: z.ZodType<boolean, string | undefined>;
  KAFKA_CA_FILE: z.ZodType<string | undefined, string | undefined>;
  KAFKA_SASL_MECHANISM: z.ZodType<typeof SASL_MECHANISMS[number] | undefined, string | undefined>;
  KAFKA_USERNAME: z.ZodType<string | undefined, string | undefined>;
  KAFKA_PASSWORD: z.ZodType<string | undefined, string | undefined>;
};

const SASL_MECHANISMS = ["plain", "scram-sha-256", "scram-sha-512"] as const;

/** Variables of every service on the bus; its schema goes through `withKafkaRules`. */
export const kafkaVariables: KafkaShape = {
  KAFKA_BROKERS: z.string()
    .regex(/^\s*[^\s,:]+:\d+(\s*,\s*[^\s,:]+:\d+)*\s*$/, "must look like host:port,host:port")
    .transform((text) => text.split(",").map((broker) => broker.trim()))
    .describe("Kafka brokers, host:port separated by commas"),
  KAFKA_PARTITIONS: z.string().regex(/^[1-9]\d{0,2}$/, "must be a whole number, 1 … 999").transform(Number)
    .prefault("6").describe(
      "Partitions of topics that have to be made: as many processes can share their work",
    ),
  KAFKA_SSL: z.enum(["true", "false"], "must be true or false").transform((text) => text === "true")
    .prefault("false").describe("true: speak TLS with the brokers"),
  KAFKA_CA_FILE: CertificatesFile.optional().describe(
    "PEM file of the authority that signed the brokers' certificates; default: the well-known ones",
  ),
  KAFKA_SASL_MECHANISM: z.enum(SASL_MECHANISMS, `must be one of ${SASL_MECHANISMS.join(", ")}`).optional()
    .describe("How to log in: plain, scram-sha-256 or scram-sha-512; default: not at all"),
  KAFKA_USERNAME: z.string().optional().describe("User name for SASL"),
  KAFKA_PASSWORD: z.string().optional().meta({ secret: true, description: "Password for SASL" }),
};

/** How to reach MySQL or MariaDB. */
export type MysqlShape = {
  MYSQL_URL: z.ZodType<string, string>;
  MYSQL_CA_FILE: z.ZodType<string | undefined, string | undefined>;
};

/** Variables of every service with a database. */
export const mysqlVariables: MysqlShape = {
  MYSQL_URL: url(/^(mysql|mariadb)$/, "mysql://user:password@host:3306/pronoia").meta({
    secret: true,
    description: "MySQL 8.4, 9.x or MariaDB 10.11 and later, such as mysql://user:password@host:3306/pronoia",
  }),
  MYSQL_CA_FILE: CertificatesFile.optional().describe(
    "PEM file of the authority that signed the database's certificate: TLS with it; for a well-known one ?ssl=true in MYSQL_URL",
  ),
};

/** Windows and lookback of the analysis: read by etl, which computes, and by data_retrieval, which answers. */
export type AnalysisShape = {
  ETL_WINDOWS: z.ZodType<readonly number[], string | undefined>;
  ETL_LOOKBACK: z.ZodType<number, string | undefined>;
};

const DurationList: z.ZodType<readonly number[], string> = z.string().transform((text, context) => {
  const items = text.split(",").map((item) => durationBetween("1s", "31d").safeParse(item.trim()));
  const windowsMs = items.flatMap((item) => item.success ? [item.data] : []);
  if (windowsMs.length < items.length) {
    context.addIssue({ code: "custom", message: "must be durations such as 1h,3h,12h, of 31d at most" });
  }
  return [...new Set(windowsMs)].sort((a, b) => a - b);
});

/** Variables shared by who analyses and who answers. */
export const analysisVariables: AnalysisShape = {
  ETL_WINDOWS: DurationList.prefault("1h,3h,12h").describe(
    "Windows of the statistics, separated by commas; answers spell 24h as 1d, queries take either",
  ),
  ETL_LOOKBACK: durationBetween("1m", "31d").prefault("24h").describe(
    "How much of the past metadata and forecasts are made from",
  ),
};
