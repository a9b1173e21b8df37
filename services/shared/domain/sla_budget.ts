import { z } from "zod";

const orNull = z.number().nullable();

/** The trailing windows whose burn rate is told (Google SRE workbook, chapter 5). */
export const BURN_WINDOWS = ["5m", "30m", "1h", "6h", "3d"] as const;

const figures = {
  goodMs: z.number().min(0),
  badMs: z.number().min(0),
  missingMs: z.number().min(0).describe("Time without samples; counted as the SLA's noData policy says"),
  compliance: orNull.describe("Share of the judged time in bounds"),
  budgetMs: orNull.describe("Time the target allows out of bounds over the whole window"),
  consumed: orNull.describe("Share of the budget spent; above 1 it is overspent"),
  remaining: orNull.describe("Share of the budget left; negative when overspent"),
  burnRates: z.record(z.enum(BURN_WINDOWS), orNull).describe(
    "How many times faster than the target allows, over each trailing window",
  ),
  exhaustedInMs: orNull.describe(
    "Until the budget is spent at the rate of the last 6 h; null: not at that rate",
  ),
  reason: z.string().optional().describe("Why figures are null"),
};

/** The budget of one label set. */
export const SeriesBudget = z.object({
  seriesId: z.string(),
  labels: z.record(z.string(), z.string()),
  ...figures,
}).meta({ id: "SlaSeriesBudget" });
export type SeriesBudget = z.infer<typeof SeriesBudget>;

/** The error budget of an SLA: the figures of its worst series, and each under `series`, worst first. */
export const SlaBudget = z.object({
  slaId: z.string(),
  name: z.string(),
  target: orNull,
  window: z.string(),
  fromMs: z.int().describe("Start of the oldest stored hour within the window, epoch ms"),
  toMs: z.int().describe("End of what is accounted, epoch ms, exclusive"),
  backfill: z.enum(["pending", "done"]).describe("Whether the past before the SLA's creation is in yet"),
  ...figures,
  series: z.array(SeriesBudget),
}).meta({ id: "SlaBudget" });
export type SlaBudget = z.infer<typeof SlaBudget>;
