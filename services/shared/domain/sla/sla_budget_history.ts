import { z } from "zod";
import {
  EXAMPLE_END_MS,
  EXAMPLE_SLA_ID,
  figureOrNull,
  labelSet,
  reason,
  stepMs,
  text,
  timeMs,
  timeMsOrNull,
} from "../fields.ts";
import { BudgetBackfill } from "./sla_budget.ts";

const times = (what: string, example: number[]) =>
  z.array(z.number().min(0)).meta({
    description:
      `${what}, ms; entry k is of [fromMs + k · stepMs, fromMs + (k + 1) · stepMs), as far as accounted`,
    example,
  });

/** How the error budget of one label set was spent over the budget window. */
export const SlaBudgetHistory = z.object({
  slaId: text("Id of the SLA", EXAMPLE_SLA_ID),
  name: text("Name of the SLA", "load of web-1"),
  target: figureOrNull("Share of time that must be in bounds, 0 … 1; null: no budget", 0.999),
  window: text("What the target is measured over, a duration", "30d"),
  fromMs: timeMs("Start of the hour in which the window begins, inclusive"),
  toMs: timeMs("End of what is accounted, exclusive: within the last step", EXAMPLE_END_MS),
  stepMs: stepMs(),
  judgedFromMs: timeMsOrNull(
    "The first step of this series that was judged: from here to toMs each is judged or missing (null before the first " +
      "evaluation)",
  ),
  backfill: BudgetBackfill,
  ...labelSet(),
  remaining: z.array(z.number().nullable()).meta({
    description:
      "Share of the window's budget left after what was spent from fromMs to fromMs + (k + 1) · stepMs, entry k: 1 when " +
      "nothing is, negative when overspent, the last one equal to `remaining` of the budget; null before anything was judged",
    example: [1, 0.9, 0.77],
  }),
  badMs: times("Time out of bounds", [0, 259_200, 336_960]),
  missingMs: times("Time without samples", [0, 0, 0]),
  projected: z.object({
    atMs: timeMs("When nothing is left; toMs where that is so already"),
    burnRate: z.number().meta({
      description:
        "Over the last 6 hours, as the budget tells it: how many times faster than the target allows",
      example: 1.2,
    }),
    timesMs: z.array(z.int()).meta({
      description:
        "When `remaining` beside is of, epoch ms: toMs, whenever an hour has left the window, and atMs",
      example: [1_795_392_000_000, 1_795_395_600_000, 1_795_398_000_000],
    }),
    remaining: z.array(z.number()).meta({
      description:
        "Share of the budget left at each of timesMs: less by what burnRate spends, more by what leaves",
      example: [0.02, 0.01, 0],
    }),
  }).nullable().describe(
    "Where the spending of the last 6 h leads, old spending leaving the window meanwhile: to nothing left exhaustedInMs " +
      "of the budget after toMs; null: nowhere, `reason` says why",
  ),
  reason: reason("Why figures are null; absent where none must be", "no target is given"),
}).meta({
  id: "SlaBudgetHistory",
  description: "How the error budget of one label set was spent over the budget window",
});
export type SlaBudgetHistory = z.infer<typeof SlaBudgetHistory>;
