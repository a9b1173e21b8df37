import { z } from "zod";

/** Worst first: `violated`, `unknown`, `at_risk`, `ok`. `unknown` is never better than it looks. */
export const SlaState = z.enum(["ok", "at_risk", "violated", "unknown"]);
export type SlaState = z.infer<typeof SlaState>;

const orNull = z.number().nullable();

const judgement = {
  state: SlaState,
  reason: z.string().describe("Why, in words"),
  sinceMs: z.int().nullable().describe("When this state began, epoch ms"),
  value: orNull.describe("Newest value; null when there is none"),
  observedAtMs: z.int().nullable().describe("Time of the newest value, epoch ms"),
  ageMs: z.number().nullable().describe("How old the newest value is now"),
  recent: z.object({
    min: orNull,
    max: orNull,
    mean: orNull,
    fromMs: z.int().optional(),
    toMs: z.int().optional(),
    reason: z.string().optional().describe("Why the figures are null"),
  }).describe("Over the last 30 minutes"),
};

/** One label set of an SLA, judged. */
export const SeriesStatus = z.object({
  seriesId: z.string(),
  labels: z.record(z.string(), z.string()),
  ...judgement,
  probability: orNull.describe("Of a violation within the horizon; null when there is no fresh prediction"),
}).meta({ id: "SlaSeriesStatus" });
export type SeriesStatus = z.infer<typeof SeriesStatus>;

/** An SLA now: the figures of its worst series, and each series under `series`, worst first. */
export const SlaStatus = z.object({
  slaId: z.string(),
  name: z.string(),
  min: orNull,
  max: orNull,
  derived: z.boolean(),
  ...judgement,
  evaluatedAtMs: z.int().nullable().describe("When it was last judged, epoch ms; null means not yet"),
  evaluationAgeMs: z.number().nullable(),
  series: z.array(SeriesStatus),
}).meta({ id: "SlaStatus" });
export type SlaStatus = z.infer<typeof SlaStatus>;

const BADNESS: Readonly<Record<SlaState, number>> = { violated: 3, unknown: 2, at_risk: 1, ok: 0 };

/** How bad a state is: higher is worse. */
export function badness(state: SlaState): number {
  return BADNESS[state];
}
