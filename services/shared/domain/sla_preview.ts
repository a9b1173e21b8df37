import { z } from "zod";
import { SlaDraft } from "./sla.ts";
import { SlaPrediction } from "./sla_prediction.ts";
import { SlaStatus } from "./sla_status.ts";
import { SlaViolations } from "./sla_violations.ts";

/** What an SLA would say if it were stored. */
export const SlaPreview = z.object({
  sla: z.object({
    ...SlaDraft.shape,
    step: z.string(),
    derived: z.boolean(),
    derivedFrom: z.object({ fromMs: z.int(), toMs: z.int() }).nullable(),
    warnings: z.array(z.string()),
  }).describe("The definition with the bounds and the step it would get"),
  status: SlaStatus,
  violations: SlaViolations.describe("Over the last 12 hours"),
  prediction: SlaPrediction,
}).meta({ id: "SlaPreview" });
export type SlaPreview = z.infer<typeof SlaPreview>;
