import { z } from "zod";

/** Something that changed, kept beyond the life of the samples. */
export const SlaEvent = z.object({
  id: z.string().describe("Natural key: what happened to which series when; the same after a restart"),
  sequence: z.int().positive().describe("Order of storing; the cursor of lists and the id of the live feed"),
  slaId: z.string(),
  name: z.string().describe("The SLA's name at that time"),
  seriesId: z.string(),
  labels: z.record(z.string(), z.string()),
  kind: z.enum(["state", "burn_rate", "forgotten"]).describe(
    "state: it changed; burn_rate: a burn-rate alert began or ended; forgotten: the series is gone for good",
  ),
  from: z.string().nullable().describe("State before; null at first"),
  to: z.string().describe("State after, or firing / resolved for a burn rate"),
  atMs: z.int().describe("When it became so in the data, epoch ms"),
  recordedAtMs: z.int().describe("The source's now when it was noticed, epoch ms"),
  value: z.number().nullable(),
  reason: z.string(),
}).meta({ id: "SlaEvent" });
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
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  startsAtMs: z.int(),
  endsAtMs: z.int().nullable().describe("null while it is active"),
}).meta({ id: "SlaAlert" });
export type SlaAlert = z.infer<typeof SlaAlert>;
