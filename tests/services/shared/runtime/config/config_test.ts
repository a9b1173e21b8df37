import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { z } from "zod";
import { Duration } from "../../../../../services/shared/domain/units/duration.ts";
import {
  ConfigError,
  describeVariable,
  readConfig,
  secretsOf,
  variableNames,
} from "../../../../../services/shared/runtime/config/config.ts";
import { withKafkaRules } from "../../../../../services/shared/runtime/config/kafka_rules.ts";
import {
  analysisVariables,
  commonVariables,
  kafkaVariables,
  mysqlVariables,
  prometheusVariables,
} from "../../../../../services/shared/runtime/config/variables.ts";

const Config = z.object({
  ...commonVariables(8081),
  ...kafkaVariables,
  ...mysqlVariables,
  ...analysisVariables,
  ETL_INTERVAL: Duration.prefault("1m").describe("Time from cycle to cycle"),
});

const RIGHT = { KAFKA_BROKERS: "a:9092, b:9092", MYSQL_URL: "mysql://reader:secret@db:3306/pronoia" };

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(Config, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((problem) => problem.variable);
    throw error;
  }
  return [];
}

Deno.test("commonVariables() refuse an origin that would match no page", () => {
  for (const origins of ["grafana.example", "https://a.example/", "https://a.example,https://b.example/x"]) {
    deepStrictEqual(problemsOf({ ...RIGHT, CORS_ORIGINS: origins }), ["CORS_ORIGINS"], origins);
  }
  for (const origins of ["", "*", "https://a.example, http://localhost:3000"]) {
    deepStrictEqual(problemsOf({ ...RIGHT, CORS_ORIGINS: origins }), [], origins);
  }
});

Deno.test("readConfig() reads values and defaults", () => {
  const config = readConfig(Config, {
    ...RIGHT,
    PORT: "9000",
    ETL_WINDOWS: "3h,60m",
    API_TOKENS: "ci:abc,ops:d:e",
  });
  strictEqual(config.PORT, 9000);
  deepStrictEqual(config.KAFKA_BROKERS, ["a:9092", "b:9092"]);
  deepStrictEqual(config.ETL_WINDOWS, [3_600_000, 10_800_000]);
  deepStrictEqual(config.API_TOKENS, [{ name: "ci", token: "abc" }, { name: "ops", token: "d:e" }]);
  strictEqual(config.ETL_INTERVAL, 60_000);
  strictEqual(config.LOG_LEVEL, "info");
});

Deno.test("readConfig() takes an empty variable as absent", () => {
  strictEqual(readConfig(Config, { ...RIGHT, PORT: "", ETL_INTERVAL: "" }).PORT, 8081);
});

Deno.test("readConfig() names every wrong variable at once", () => {
  const wrong = {
    PORT: "99999",
    LOG_LEVEL: "loud",
    API_TOKENS: "abc",
    MYSQL_URL: "db",
    ETL_INTERVAL: "soon",
    ETL_WINDOWS: "1h,x",
  };
  deepStrictEqual(problemsOf(wrong).sort(), [...Object.keys(wrong), "KAFKA_BROKERS"].sort());
});

Deno.test("readConfig() shows what was found, but no secret", () => {
  throws(
    () => readConfig(Config, { ...RIGHT, MYSQL_URL: "http://u:hunter2@db", ETL_INTERVAL: "soon" }),
    (error) => {
      const text = (error as Error).message;
      return /ETL_INTERVAL: must be a duration.*found "soon"/.test(text) && !text.includes("hunter2");
    },
  );
});

Deno.test("readConfig() shows no credentials of an address", () => {
  throws(
    () => readConfig(z.object(prometheusVariables), { PROMETHEUS_URL: "htp://me:hunter2@host:9090/x" }),
    (error) => /found "htp:\/\/\*\*\*@host:9090\/x"/.test((error as Error).message),
  );
});

Deno.test("secretsOf() finds secrets wherever they were given", () => {
  const env = { KAFKA_BROKERS: "a:1", MYSQL_URL_FILE: "/run/secrets/url", API_TOKENS: "ci:hunter2" };
  deepStrictEqual(secretsOf(Config, env, () => `${RIGHT.MYSQL_URL}\n`).sort(), [
    "ci:hunter2",
    RIGHT.MYSQL_URL,
  ]);
});

Deno.test("readConfig() reads a secret from the file its twin names", () => {
  const env = { KAFKA_BROKERS: "a:1", MYSQL_URL_FILE: "/run/secrets/url" };
  const read = (path: string) => path === "/run/secrets/url" ? `${RIGHT.MYSQL_URL}\n` : "";
  strictEqual(readConfig(Config, env, read).MYSQL_URL, RIGHT.MYSQL_URL);
});

Deno.test("readConfig() names a twin whose file can't be read, and a variable given twice", () => {
  deepStrictEqual(problemsOf({ KAFKA_BROKERS: "a:1", MYSQL_URL_FILE: "/no/such/file" }), ["MYSQL_URL_FILE"]);
  deepStrictEqual(problemsOf({ ...RIGHT, MYSQL_URL_FILE: "/no/such/file" }), ["MYSQL_URL"]);
});

Deno.test("withKafkaRules() names what a login to Kafka lacks, beside what else is wrong", () => {
  const schema = withKafkaRules(Config);
  const problems = (env: Record<string, string>) => {
    try {
      readConfig(schema, { ...RIGHT, ...env });
      return {};
    } catch (error) {
      const found = (error as ConfigError).problems.map(({ variable, message }) => [variable, message]);
      return Object.fromEntries(found);
    }
  };
  deepStrictEqual(problems({}), {});
  const login = { KAFKA_SASL_MECHANISM: "plain", KAFKA_USERNAME: "me", KAFKA_PASSWORD: "hunter2" };
  deepStrictEqual(problems(login), {});
  deepStrictEqual(problems({ ...login, KAFKA_USERNAME: "", KAFKA_PASSWORD: "", PORT: "x" }), {
    PORT: 'must be a port, 0 … 65535: found "x"',
    KAFKA_USERNAME: "is needed where KAFKA_SASL_MECHANISM is given",
    KAFKA_PASSWORD: "is needed where KAFKA_SASL_MECHANISM is given",
  });
  deepStrictEqual(Object.keys(problems({ KAFKA_PASSWORD: "hunter2" })), ["KAFKA_SASL_MECHANISM"]);
  deepStrictEqual(Object.keys(problems({ KAFKA_SASL_MECHANISM: "gssapi", KAFKA_SSL: "yes" })).sort(), [
    "KAFKA_PASSWORD",
    "KAFKA_SASL_MECHANISM",
    "KAFKA_SSL",
    "KAFKA_USERNAME",
  ]);
});

Deno.test("CertificatesFile says what is wrong with a file of certificates", async () => {
  const path = await Deno.makeTempFile();
  const messages = (env: Record<string, string>) => {
    try {
      readConfig(withKafkaRules(Config), { ...RIGHT, ...env });
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };
  try {
    match(
      messages({ MYSQL_CA_FILE: "/no/such" }),
      /^MYSQL_CA_FILE: must name a PEM file.*there is no such file/,
    );
    match(messages({ MYSQL_CA_FILE: path }), /there is no certificate in it/);
    await Deno.writeTextFile(path, "-----BEGIN CERTIFICATE-----");
    match(messages({ KAFKA_CA_FILE: path }), /^KAFKA_SSL: must be true where KAFKA_CA_FILE is given/);
    strictEqual(messages({ KAFKA_CA_FILE: path, KAFKA_SSL: "true" }), "");
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("variableNames() lists twins of secrets alone", () => {
  const names = variableNames(Config);
  strictEqual(names.includes("MYSQL_URL_FILE"), true);
  strictEqual(names.includes("KAFKA_BROKERS_FILE"), false);
});

Deno.test("describeVariable() finds description, default and secrecy within wrappers", () => {
  deepStrictEqual(describeVariable(Config.shape.ETL_INTERVAL), {
    description: "Time from cycle to cycle",
    secret: false,
    optional: false,
    initial: "1m",
  });
  strictEqual(describeVariable(mysqlVariables.MYSQL_URL.optional()).secret, true);
});
