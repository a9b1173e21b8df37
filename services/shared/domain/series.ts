import { z } from "zod";
import { labels, text } from "./fields.ts";

/** What a metric is, which decides how it is analysed: a counter as its per-second rate, everything else raw. */
export const MetricType = z.enum(["counter", "gauge", "histogram", "summary", "unknown"]);
export type MetricType = z.infer<typeof MetricType>;

/** One Prometheus series. */
export const Series = z.object({
  id: z.string().regex(/^[0-9a-f]{16}$/).meta({
    description: "64-bit hash of the canonical label set, 16 hex digits; the same for ever",
    example: "0123456789abcdef",
  }),
  name: text("Metric name, the `__name__` label", "node_load1"),
  labels: labels("All labels but `__name__`"),
  type: MetricType.describe("Metric type; a counter is analysed as its per-second rate"),
  unit: z.string().nullable().default(null).meta({
    description: "Base unit of the analysed values, such as seconds; null if unknown",
    example: "seconds",
  }),
}).meta({ id: "Series", description: "One Prometheus series" });
export type Series = z.infer<typeof Series>;
