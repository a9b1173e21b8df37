import { z } from "zod";
import { Series } from "./series.ts";

const orNull = z.number().nullable();

/** Summary of one series over one window, the half-open `[fromMs, toMs)`; deviation divides by n − 1. */
export const Statistics = z.object({
  series: Series,
  window: z.string().describe("The configured window, such as 1h"),
  fromMs: z.int().describe("Epoch ms, inclusive"),
  toMs: z.int().describe("Epoch ms, exclusive"),
  count: z.int().min(0).describe("Values in the window"),
  min: orNull,
  max: orNull,
  mean: orNull,
  standardDeviation: orNull.describe("Sample standard deviation, divisor n − 1"),
  reason: z.string().optional().describe("Why a figure is null"),
}).meta({ id: "Statistics" });
export type Statistics = z.infer<typeof Statistics>;
