import { z } from "zod";

/** What a metric is, which decides how it is analysed: a counter as its per-second rate, everything else raw. */
export const MetricType = z.enum(["counter", "gauge", "histogram", "summary", "unknown"]);
export type MetricType = z.infer<typeof MetricType>;

/** One Prometheus series. */
export const Series = z.object({
  id: z.string().regex(/^[0-9a-f]{16}$/).describe("64-bit hash of the canonical label set, 16 hex digits"),
  name: z.string().describe("Metric name, the `__name__` label"),
  labels: z.record(z.string(), z.string()).describe("All labels but `__name__`"),
  type: MetricType.describe("Metric type; a counter is analysed as its per-second rate"),
  unit: z.string().nullable().default(null).describe(
    "Base unit of the analysed values, such as seconds; null if unknown",
  ),
}).meta({ id: "Series" });
export type Series = z.infer<typeof Series>;
