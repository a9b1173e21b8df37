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

/** Which bound was broken, or would be. */
export const BoundName = z.enum(["min", "max"]);
export type BoundName = z.infer<typeof BoundName>;

/** Why a stretch is a violation. */
export const ViolationCause = z.enum(["bound", "noData"]);
export type ViolationCause = z.infer<typeof ViolationCause>;

/** A stretch in violation, half-open. */
export const ViolationInterval = z.object({
  fromMs: timeMs("First step in violation"),
  toMs: timeMs("First step that is not, exclusive", EXAMPLE_END_MS),
  ongoing: z.boolean().describe(
    "Still so at the end of the window; out of bounds, going by a newest sample that is not stale then",
  ),
  cause: ViolationCause.meta({
    description: "bound: the values broke one; noData: the newest sample was stale, which the SLA's noData " +
      "calls violated",
    example: "bound",
  }),
  bound: BoundName.nullable().meta({
    description: "Which bound was broken; null where the cause is noData",
    example: "max",
  }),
  worst: figureOrNull(
    "Value farthest out, in the unit of the expression; null where the cause is noData",
    5.1,
  ),
  worstAtMs: timeMsOrNull("When that was; null where the cause is noData"),
}).meta({ id: "ViolationInterval", description: "A stretch in violation, [fromMs, toMs)" });
export type ViolationInterval = z.infer<typeof ViolationInterval>;

const countOrNull = (description: string, example: number) =>
  z.int().min(0).nullable().meta({ description, example });

const figures = {
  count: countOrNull("Violations; null with a reason when the samples could not be read", 2),
  violatedMs: countOrNull("Total time in violation, ms", 90_000),
  missing: countOrNull("Grid steps without a sample, whether they are in violation or not", 0),
  intervals: z.array(ViolationInterval).describe("When it was in violation, oldest first"),
};

/** Past violations of one label set. */
export const SeriesViolations = z.object({ ...labelSet(), ...figures }).meta({
  id: "SlaSeriesViolations",
  description: "Past violations of one label set",
});
export type SeriesViolations = z.infer<typeof SeriesViolations>;

/** Past violations of an SLA over `[fromMs, toMs)`: the figures of its worst series, and each under `series`. */
export const SlaViolations = z.object({
  slaId: text("Id of the SLA", EXAMPLE_SLA_ID),
  name: text("Name of the SLA", "load of web-1"),
  window: text("The asked window, a duration", "1h"),
  fromMs: timeMs("Start of the window, inclusive"),
  toMs: timeMs("End of the window, exclusive", EXAMPLE_END_MS),
  stepMs: stepMs(),
  ...figures,
  reason: reason(
    "Why nothing can be said, or of no series, where that is so",
    "the metrics source does not answer",
  ),
  series: z.array(SeriesViolations).describe("Each label set, worst first"),
}).meta({
  id: "SlaViolations",
  description: "Past violations of an SLA over [fromMs, toMs): the figures of its worst series",
});
export type SlaViolations = z.infer<typeof SlaViolations>;
