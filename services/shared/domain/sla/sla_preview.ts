import { z } from "zod";
import { ResolvedSla } from "./sla.ts";
import { SlaPrediction } from "./sla_prediction.ts";
import { SlaSamples } from "./sla_samples.ts";
import { SlaStatus } from "./sla_status.ts";
import { SlaViolations } from "./sla_violations.ts";

/** What an SLA would say if it were stored. */
export const SlaPreview = z.object({
  sla: ResolvedSla.describe(
    "The definition with the bounds and the step it would get; its warnings name a bound that no value of the last 12 " +
      "hours keeps, and a burn alert that would begin at once by what they show",
  ),
  status: SlaStatus,
  violations: SlaViolations.describe("Over the last 12 hours"),
  samples: SlaSamples.describe(
    "What was judged, for a plot: of the label set that was longest out of bounds, over the last 12 hours, or as much " +
      "of them as 11,000 steps are",
  ),
  prediction: SlaPrediction,
}).meta({ id: "SlaPreview", description: "What an SLA would say if it were stored" });
export type SlaPreview = z.infer<typeof SlaPreview>;
