import { z } from "zod";

const numbers = z.array(z.number());

/** What an SLA's expression yielded over a stretch of time, and what is expected after it: for plots. */
export const SlaSamples = z.object({
  slaId: z.string(),
  fromMs: z.int().describe("Epoch ms, inclusive"),
  toMs: z.int().describe("Epoch ms, exclusive"),
  stepMs: z.int().positive(),
  series: z.array(z.object({
    seriesId: z.string(),
    labels: z.record(z.string(), z.string()),
    values: z.array(z.number().nullable()).describe(
      "Entry k is at fromMs + k · stepMs; null where there is no sample",
    ),
    forecast: z.object({
      originMs: z.int().describe("Time of the newest sample the forecast knows"),
      mean: numbers.describe("Entry k is for originMs + (k + 1) · stepMs"),
      lower: numbers,
      upper: numbers,
    }).optional().describe("Absent where nothing fresh can be said"),
  })),
}).meta({ id: "SlaSamples" });
export type SlaSamples = z.infer<typeof SlaSamples>;
