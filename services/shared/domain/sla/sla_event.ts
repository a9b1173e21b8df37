import { z } from "zod";
import { EXAMPLE_SLA_ID, figureOrNull, labelSet, text, timeMs, timeMsOrNull } from "../fields.ts";
import { labelRecord } from "../label_record.ts";
import { SlaState } from "./sla_status.ts";

/** Something that changed, kept beyond the life of the samples. */
export const SlaEvent = z.object({
  id: text("Natural key: what happened to which series when; the same after a restart", "f3a9c05e81d2b476"),
  sequence: z.int().positive().meta({
    description: "Order of storing; the cursor of lists and the id of the live feed",
    example: 42,
  }),
  slaId: text("Id of the SLA", EXAMPLE_SLA_ID),
  name: text("The SLA's name at that time", "load of web-1"),
  ...labelSet(),
  seriesId: text(
    "Id of the label set, 16 hex digits; empty for what is of the whole SLA",
    "0123456789abcdef",
  ),
  kind: z.enum(["state", "burn_rate", "forgotten", "edited"]).describe(
    "state: it changed; burn_rate: a burn-rate alert began or ended; forgotten: the series has no samples any more, and counts no more; edited: the " +
      "SLA is judged by another definition from here on, and its states before are those of the one before",
  ),
  from: z.string().nullable().meta({ description: "State before; null at first", example: "ok" }),
  to: text("State after, or firing / resolved for a burn rate, else the kind", "violated"),
  atMs: timeMs(
    "When it became so in the data; where that was before anybody judged by it (a first look, a silent source), when it " +
      "was known: at the sample it was judged by, its reason saying since when by its samples. An edit is of when it was " +
      "made, and what it led to not earlier",
  ),
  recordedAtMs: timeMs("The source's now when it was noticed"),
  value: figureOrNull(
    "The value at atMs, in the unit of the expression; null where there was none, and of what is no state",
    4.2,
  ),
  reason: text("Why, in words, numbers in their unit where it is known", "4.2 is above the maximum of 4"),
  state: SlaState.optional().describe(
    "Of an edit: what the SLA is by the definition as it is from here on",
  ),
  sinceMs: timeMsOrNull("Of an edit: since when it is that by this definition; null where nothing tells")
    .optional(),
  sinceAtLeast: z.boolean().optional().meta({
    description: "Of an edit: true where it may have begun earlier, as the look back ended there",
    example: false,
  }),
}).meta({ id: "SlaEvent", description: "Something that changed, kept beyond the life of the samples" });
export type SlaEvent = z.infer<typeof SlaEvent>;

/** The states an alert tells of. */
export const AlertKind = z.enum(["violated", "at_risk", "burn_rate"]);
export type AlertKind = z.infer<typeof AlertKind>;

/** An alert as notifiers send it: its identity is its labels, which never change while it is active. */
export const SlaAlert = z.object({
  key: z.string().describe("Hash of SLA, series and kind"),
  kind: AlertKind,
  severity: z.enum(["page", "ticket", "warning"]),
  slaId: z.string(),
  seriesId: z.string(),
  labels: labelRecord(),
  annotations: z.record(z.string(), z.string()),
  startsAtMs: z.int(),
  endsAtMs: z.int().nullable().describe("null while it is active"),
}).meta({ id: "SlaAlert" });
export type SlaAlert = z.infer<typeof SlaAlert>;
