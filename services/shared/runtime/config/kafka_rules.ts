import type { z } from "zod";
import type { KafkaShape } from "./variables.ts";

type Values = Partial<Record<keyof KafkaShape, unknown>>;

/** What variables of Kafka need each other for; `undefined` where a rule is kept. */
const RULES: readonly {
  readonly path: keyof KafkaShape;
  readonly message: string;
  readonly holds: (values: Values) => boolean;
}[] = [
  {
    path: "KAFKA_SSL",
    message: "must be true where KAFKA_CA_FILE is given",
    holds: ({ KAFKA_SSL, KAFKA_CA_FILE }) => KAFKA_CA_FILE === undefined || KAFKA_SSL === true,
  },
  {
    path: "KAFKA_SASL_MECHANISM",
    message:
      "is needed where KAFKA_USERNAME or KAFKA_PASSWORD is given: plain, scram-sha-256 or scram-sha-512",
    holds: ({ KAFKA_SASL_MECHANISM, KAFKA_USERNAME, KAFKA_PASSWORD }) =>
      KAFKA_SASL_MECHANISM !== undefined || (KAFKA_USERNAME === undefined && KAFKA_PASSWORD === undefined),
  },
  ...(["KAFKA_USERNAME", "KAFKA_PASSWORD"] as const).map((path) => ({
    path,
    message: "is needed where KAFKA_SASL_MECHANISM is given",
    holds: (values: Values) => values.KAFKA_SASL_MECHANISM === undefined || values[path] !== undefined,
  })),
];

/** Adds to a configuration what its variables of Kafka need each other for. */
export function withKafkaRules<Schema extends z.ZodObject>(schema: Schema): Schema {
  return RULES.reduce(
    // Checked whatever else is wrong, so that everything is named at once.
    (whole, { path, message, holds }) =>
      whole.refine((values) => holds(values as Values), { path: [path], message, when: () => true }),
    schema,
  );
}
