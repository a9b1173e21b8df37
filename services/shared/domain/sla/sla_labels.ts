import { z } from "zod";
import { type LabelRecord, labelRecord } from "../label_record.ts";

/** The labels by which an alert is told from all others. Alerts set them, so a definition can't. */
export const ALERT_LABELS: readonly string[] = [
  "alertname",
  "sla",
  "sla_id",
  "series_id",
  "severity",
  "horizon",
  "burn_rate",
];

const LABELS_MAX = 64;
const NAME_LENGTH_MAX = 200;
const VALUE_LENGTH_MAX = 2_000;

/** The classic names of Prometheus: Alertmanager before 0.27 refuses a whole request for one of another kind. */
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** The same without `__` in front. No lookahead: not every validator of JSON schemas has one. */
const OWN_NAME = /^(?:[a-zA-Z][a-zA-Z0-9_]*|_(?:[a-zA-Z0-9][a-zA-Z0-9_]*)?)$/;

/** The labels that a caller gives an SLA: such as every Alertmanager takes, and tells apart from the alert's own. */
export const SlaLabels: LabelRecord = labelRecord({
  wrongName,
  value: z.string().min(1, "must not be empty: a label without a value is none").max(VALUE_LENGTH_MAX)
    .refine((value) => value.isWellFormed(), "must be well-formed Unicode"),
}).refine((labels) => Object.keys(labels).length <= LABELS_MAX, `must be at most ${LABELS_MAX} labels`)
  .meta({
    description:
      `Labels of your own, at most ${LABELS_MAX}, which alerts carry. A name is of letters (a to z, A to Z), digits and _, ` +
      `begins with neither a digit nor __, and is none of those that alerts set: ${ALERT_LABELS.join(", ")}`,
    maxProperties: LABELS_MAX,
    propertyNames: { pattern: OWN_NAME.source, maxLength: NAME_LENGTH_MAX, not: { enum: ALERT_LABELS } },
    additionalProperties: { type: "string", minLength: 1, maxLength: VALUE_LENGTH_MAX },
  });

function wrongName(name: string): string | undefined {
  if (ALERT_LABELS.includes(name)) {
    return `must have another name: alerts set ${ALERT_LABELS.join(", ")} themselves`;
  }
  if (!NAME.test(name)) {
    return "must have a name that Alertmanager takes: of the letters a to z and A to Z, digits and _, no digit first";
  }
  if (!OWN_NAME.test(name)) return "must not begin with __: such names are Prometheus' own";
  return name.length > NAME_LENGTH_MAX ? `must have at most ${NAME_LENGTH_MAX} characters` : undefined;
}
