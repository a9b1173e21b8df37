import { z } from "zod";
import {
  EXAMPLE_END_MS,
  EXAMPLE_SLA_ID,
  EXAMPLE_TIME_MS,
  figureOrNull,
  labelSet,
  reason,
  text,
  timeMsOrNull,
} from "../fields.ts";

/** Worst first: `violated`, `unknown`, `at_risk`, `ok`. `unknown` is never better than it looks. */
export const SlaState = z.enum(["ok", "at_risk", "violated", "unknown"]);
export type SlaState = z.infer<typeof SlaState>;

const judgement = {
  state: SlaState.describe("Worst first: violated, unknown (nothing can be said), at_risk, ok"),
  reason: text("Why, in words, numbers in their unit where it is known", "0.42 is within 0 … 4"),
  sinceMs: timeMsOrNull(
    "When this state began in the samples, by the definition as it is now; it goes on over gaps in which the newest " +
      "sample is not stale yet. Of an SLA of several series, since when the worst of them was in this state without a " +
      "break",
  ),
  knownSinceMs: timeMsOrNull(
    "When that was found, the atMs of its event, which is the time of the sample it was found by: later than sinceMs " +
      "where the samples tell of a time in which nobody judged by them (before a first look or an edit, while the " +
      "source was silent)",
  ),
  sinceAtLeast: z.boolean().meta({
    description:
      "True where it may have begun earlier: the first look at a series, and at an edited definition, goes back " +
      "an hour at most, nothing was predicted before a first prediction, and what another series was before its " +
      "present state is not always known",
    example: false,
  }),
  value: figureOrNull("Newest value, in the unit of the expression; null when there is none", 0.42),
  observedAtMs: timeMsOrNull("Time of the newest value"),
  ageMs: figureOrNull("How old the newest value is now, ms", 9_000),
  recent: z.object({
    min: figureOrNull("Least value, in the unit of the expression", 0.12),
    max: figureOrNull("Greatest value, in the unit of the expression", 0.97),
    mean: figureOrNull("Mean value, in the unit of the expression", 0.42),
    fromMs: z.int().optional().meta({
      description: "The first sample of it, epoch ms, inclusive",
      example: EXAMPLE_TIME_MS,
    }),
    toMs: z.int().optional().meta({ description: "End, epoch ms, exclusive", example: EXAMPLE_END_MS }),
    reason: reason(),
  }).describe("Over the last 30 minutes"),
};

/** One label set of an SLA, judged. */
export const SeriesStatus = z.object({
  ...labelSet(),
  ...judgement,
  probability: figureOrNull(
    "Of a violation within the horizon, 0 … 1; null when there is no fresh prediction",
    0.12,
  ),
}).meta({ id: "SlaSeriesStatus", description: "One label set of an SLA, judged" });
export type SeriesStatus = z.infer<typeof SeriesStatus>;

/** An SLA now: its state and since when, the figures of its worst series, and each series under `series`, worst first. */
export const SlaStatus = z.object({
  slaId: text("Id of the SLA", EXAMPLE_SLA_ID),
  name: text("Name of the SLA", "load of web-1"),
  min: figureOrNull("Lowest value that keeps the promise, in the unit of the expression; null: none", 0),
  max: figureOrNull("Highest value that keeps the promise, in the unit of the expression; null: none", 4),
  derived: z.boolean().describe("True when min and max were taken from recent samples"),
  ...judgement,
  evaluatedAtMs: timeMsOrNull("When it was last judged (null: not yet)"),
  evaluationAgeMs: figureOrNull("How long ago that was, ms", 12_000),
  series: z.array(SeriesStatus).describe(
    "Each label set, worst first: by state, how far out of bounds, how probable a violation is, how near to a bound",
  ),
}).meta({ id: "SlaStatus", description: "An SLA now: the figures of its worst series" });
export type SlaStatus = z.infer<typeof SlaStatus>;

const BADNESS: Readonly<Record<SlaState, number>> = { violated: 3, unknown: 2, at_risk: 1, ok: 0 };

/** How bad a state is: higher is worse. */
export function badness(state: SlaState): number {
  return BADNESS[state];
}
