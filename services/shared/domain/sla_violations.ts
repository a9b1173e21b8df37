import { z } from "zod";

/** Which bound was broken, or would be. */
export const BoundName = z.enum(["min", "max"]);
export type BoundName = z.infer<typeof BoundName>;

/** A stretch out of bounds, half-open. */
export const ViolationInterval = z.object({
  fromMs: z.int().describe("First step out of bounds, epoch ms"),
  toMs: z.int().describe("First step that is not, epoch ms, exclusive"),
  ongoing: z.boolean().describe("Still out of bounds at the end of the window"),
  bound: BoundName,
  worst: z.number().describe("Value farthest out"),
  worstAtMs: z.int(),
}).meta({ id: "ViolationInterval" });
export type ViolationInterval = z.infer<typeof ViolationInterval>;

const figures = {
  count: z.int().min(0).nullable().describe("null with a reason when the samples could not be read"),
  violatedMs: z.int().min(0).nullable().describe("Total time out of bounds"),
  missing: z.int().min(0).nullable().describe("Grid steps without a sample"),
  intervals: z.array(ViolationInterval),
};

/** Past violations of one label set. */
export const SeriesViolations = z.object({
  seriesId: z.string(),
  labels: z.record(z.string(), z.string()),
  ...figures,
}).meta({ id: "SlaSeriesViolations" });
export type SeriesViolations = z.infer<typeof SeriesViolations>;

/** Past violations of an SLA over `[fromMs, toMs)`: the figures of its worst series, and each under `series`. */
export const SlaViolations = z.object({
  slaId: z.string(),
  name: z.string(),
  window: z.string().describe("The asked window, such as 1h"),
  fromMs: z.int(),
  toMs: z.int(),
  stepMs: z.int().positive(),
  ...figures,
  reason: z.string().optional().describe("Why nothing can be said, where that is so"),
  series: z.array(SeriesViolations),
}).meta({ id: "SlaViolations" });
export type SlaViolations = z.infer<typeof SlaViolations>;
