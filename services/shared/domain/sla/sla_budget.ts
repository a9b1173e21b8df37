import { z } from "zod";
import {
  EXAMPLE_END_MS,
  EXAMPLE_SLA_ID,
  figureOrNull,
  labelSet,
  reason,
  text,
  timeMs,
  timeMsOrNull,
} from "../fields.ts";

/** The trailing windows whose burn rate is told (Google SRE workbook, chapter 5). */
export const BURN_WINDOWS = ["5m", "30m", "1h", "6h", "3d"] as const;

const time = (what: string, example: number) =>
  z.number().min(0).meta({ description: `${what}, ms`, example });

const burnRate = (window: string, example: number) =>
  figureOrNull(`Over the last ${window}; 1 spends it exactly`, example);

const spentRate = (window: string, example: number) =>
  figureOrNull(`Of the last ${window}; at 1 all that it allows is spent`, example);

const judgedShare = (window: string, example: number) =>
  z.number().min(0).max(1).meta({ description: `Share of the last ${window} that was judged`, example });

const figures = {
  goodMs: time("Time in bounds", 2_590_000_000),
  badMs: time("Time out of bounds", 600_000),
  missingMs: time("Time without samples; counted as the SLA's noData policy says", 0),
  compliance: figureOrNull("Share of the judged time in bounds, 0 … 1", 0.9998),
  budgetMs: figureOrNull("Time the target allows out of bounds over the whole window, ms", 2_592_000),
  consumed: figureOrNull("Share of the budget spent; above 1 it is overspent", 0.23),
  remaining: figureOrNull("Share of the budget left; negative when overspent", 0.77),
  burnRates: z.object({
    "5m": burnRate("5 minutes", 0),
    "30m": burnRate("30 minutes", 0),
    "1h": burnRate("hour", 0.5),
    "6h": burnRate("6 hours", 1.2),
    "3d": burnRate("3 days", 0.9),
  }).describe(
    "How many times faster than the target allows the budget is being spent, by the part of each window that was " +
      "judged (null where nothing was): where judgedShares is below 0.5 it says little, as a few bad seconds of a young SLA " +
      "show as a huge one over 3 days, and spentRates is what counts",
  ),
  spentRates: z.object({
    "5m": spentRate("5 minutes", 0),
    "30m": spentRate("30 minutes", 0),
    "1h": spentRate("hour", 0.5),
    "6h": spentRate("6 hours", 0.6),
    "3d": spentRate("3 days", 0.036),
  }).describe(
    "What was truly spent: bad time over what the target allows of the whole window, so a burn rate that what was not " +
      "judged can only raise (null where nothing was judged). Burn alerts go by it; equal to burnRates where all was judged",
  ),
  burnAlerts: z.array(z.object({
    rule: text("Factor and long window of the rule", "14.4x-1h"),
    sinceMs: timeMs("When it began"),
    reason: text("What was spent when it began", "9m of the last 1h were bad, 36s are allowed"),
  })).describe("Alerts on burn rates that are active; one stays while the state is unknown"),
  judgedShares: z.object({
    "5m": judgedShare("5 minutes", 1),
    "30m": judgedShare("30 minutes", 1),
    "1h": judgedShare("hour", 1),
    "6h": judgedShare("6 hours", 0.5),
    "3d": judgedShare("3 days", 0.04),
  }).describe(
    "How much of each window a burn rate speaks of: little of a young SLA; below 0.5 leave the rate alone",
  ),
  exhaustedInMs: figureOrNull(
    "Until the budget is spent if burnRates of 6h goes on while old spending leaves the window, ms; 0: it is; null: not at " +
      "that rate within one window, or less than half of 6 h was judged: `reason` says which",
    86_400_000,
  ),
  reason: reason(),
};

/** How much of the window is known. */
export const BudgetBackfill = z.enum(["pending", "done", "none"]).describe(
  "Whether the past before the SLA's creation is in yet; pending: figures of the whole window are null until it is; none: without a target it is not read, and figures are of " +
    "the time from judgedFromMs on",
);
export type BudgetBackfill = z.infer<typeof BudgetBackfill>;

/** The budget of one label set. */
export const SeriesBudget = z.object({ ...labelSet(), ...figures }).meta({
  id: "SlaSeriesBudget",
  description: "The budget of one label set",
});
export type SeriesBudget = z.infer<typeof SeriesBudget>;

/** The error budget of an SLA: the figures of its worst series, and each under `series`, worst first. */
export const SlaBudget = z.object({
  slaId: text("Id of the SLA", EXAMPLE_SLA_ID),
  name: text("Name of the SLA", "load of web-1"),
  target: figureOrNull("Share of time that must be in bounds, 0 … 1; null: no budget", 0.999),
  window: text("What the target is measured over, a duration", "30d"),
  fromMs: timeMs("Start of the hour in which the window begins, inclusive"),
  toMs: timeMs("End of what is accounted, exclusive", EXAMPLE_END_MS),
  judgedFromMs: timeMsOrNull(
    "The first step of the worst series that was judged: from here to toMs each is judged or missing (null before the " +
      "first evaluation)",
  ),
  backfill: BudgetBackfill,
  backfillDoneMs: time("Past that is in", 1_296_000_000),
  backfillTotalMs: time(
    "Past to read in; 0 while that is not known yet, or where there is no target",
    2_592_000_000,
  ),
  ...figures,
  series: z.array(SeriesBudget).describe("Each label set, worst first"),
}).meta({ id: "SlaBudget", description: "The error budget of an SLA: the figures of its worst series" });
export type SlaBudget = z.infer<typeof SlaBudget>;
