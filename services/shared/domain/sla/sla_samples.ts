import { z } from "zod";
import { EXAMPLE_END_MS, EXAMPLE_SLA_ID, figureOrNull, labelSet, stepMs, text, timeMs } from "../fields.ts";

const numbers = (what: string, example: number[]) =>
  z.array(z.number()).meta({ description: `${what}, in the unit of the expression`, example });

/** What an SLA's expression yielded over a stretch of time, and what is expected after it: for plots. */
export const SlaSamples = z.object({
  slaId: text("Id of the SLA", EXAMPLE_SLA_ID),
  fromMs: timeMs("Time of the first value, inclusive"),
  toMs: timeMs("End, exclusive", EXAMPLE_END_MS),
  stepMs: stepMs(),
  series: z.array(z.object({
    ...labelSet(),
    values: z.array(z.number().nullable()).meta({
      description: "Entry k is at fromMs + k · stepMs, in the unit of the expression; null: no sample",
      example: [0.4, null, 0.5],
    }),
    forecast: z.object({
      originMs: timeMs("Time of the newest sample the forecast knows"),
      mean: numbers("What is expected; entry k is for originMs + (k + 1) · stepMs", [0.41, 0.42]),
      lower: numbers("Lower end of each step's interval", [0.36, 0.35]),
      upper: numbers("Upper end of each step's interval", [0.46, 0.49]),
      coverage: figureOrNull(
        "Share of values that intervals of this method held in the backtest, 0 … 1; they promise 0.95",
        0.94,
      ),
    }).optional().describe("What is expected next; absent where nothing fresh can be said"),
  })).describe("Each label set"),
}).meta({ id: "SlaSamples", description: "What an SLA is judged by, and what is expected next" });
export type SlaSamples = z.infer<typeof SlaSamples>;
