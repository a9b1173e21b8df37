import { z } from "zod";
import { text } from "../fields.ts";
import { DerivedFrom, SlaDraft } from "./sla.ts";
import { SlaPrediction } from "./sla_prediction.ts";
import { SlaSamples } from "./sla_samples.ts";
import { SlaStatus } from "./sla_status.ts";
import { SlaViolations } from "./sla_violations.ts";

/** What an SLA would say if it were stored. */
export const SlaPreview = z.object({
  sla: z.object({
    ...SlaDraft.shape,
    step: text("Distance of judged samples, a duration, given or found", "15s"),
    derived: z.boolean().describe("True when min and max were taken from recent samples"),
    derivedFrom: DerivedFrom.nullable().describe(
      "The time whose samples the bounds were taken from; null where they were given",
    ),
    warnings: z.array(z.string()).meta({
      description: "What the author should know, as of now",
      example: ["a raw counter is judged: it only grows"],
    }),
  }).describe("The definition with the bounds and the step it would get"),
  status: SlaStatus,
  violations: SlaViolations.describe("Over the last 12 hours"),
  samples: SlaSamples.describe(
    "What was judged, for a plot: of the label set that was longest out of bounds, over the last 12 hours, or as much " +
      "of them as 11,000 steps are",
  ),
  prediction: SlaPrediction,
}).meta({ id: "SlaPreview", description: "What an SLA would say if it were stored" });
export type SlaPreview = z.infer<typeof SlaPreview>;
