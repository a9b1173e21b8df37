import { z } from "zod";
import { formatDuration, readDuration } from "./duration.ts";

/** Most time a budget can look back. */
export const BUDGET_WINDOW_MAX_MS = 90 * 86_400_000;

/** What a step without a sample means to the status and to the budget. */
export const NoDataPolicy = z.enum(["unknown", "violated", "ok"]);
export type NoDataPolicy = z.infer<typeof NoDataPolicy>;

const text = (max: number) =>
  z.string().max(max).refine((value) => value.isWellFormed(), "must be well-formed Unicode");

/** A duration kept in Prometheus' own spelling, so that what was asked for is what is shown. */
const durationText = (bounds: { readonly minMs: number; readonly maxMs: number }) =>
  z.string().max(40).superRefine((value, context) => {
    let durationMs: number;
    try {
      durationMs = readDuration(value);
    } catch {
      context.addIssue({ code: "custom", message: "must be a duration such as 15s, 10m or 1h30m" });
      return;
    }
    if (durationMs < bounds.minMs || durationMs > bounds.maxMs) {
      const range = `${formatDuration(bounds.minMs)} and ${formatDuration(bounds.maxMs)}`;
      context.addIssue({ code: "custom", message: `must be a duration between ${range}` });
    }
  });

const bound = z.number({ error: "must be a finite number or null" }).nullable();

/**
 * What a caller says about an SLA. Unknown fields are refused, so that a misspelt bound never passes silently.
 *
 * With neither `min` nor `max`, both come from the last 30 minutes.
 */
export const SlaDraft = z.strictObject({
  kind: z.literal("bounds").default("bounds").describe(
    "What is promised: values within bounds. Ratio objectives (good events of all events) will be another kind",
  ),
  name: text(200).refine((value) => value.trim() !== "", "must not be blank").describe(
    "Unique, any characters",
  ),
  expression: text(8_192).refine((value) => value.trim() !== "", "must not be blank").describe(
    "Metric, selector or any PromQL that yields series; judged exactly as written, each label set apart",
  ),
  min: bound.default(null).describe("Lowest value that keeps the promise"),
  max: bound.default(null).describe("Highest value that keeps the promise"),
  target: z.number().gt(0).lt(1).nullable().default(null).describe(
    "Share of time that must be in bounds, such as 0.999",
  ),
  budgetWindow: durationText({ minMs: 3_600_000, maxMs: BUDGET_WINDOW_MAX_MS }).default("30d").describe(
    "What the target is measured over",
  ),
  tolerance: durationText({ minMs: 0, maxMs: 21_600_000 }).default("0s").describe(
    "A violation shorter than this does not count",
  ),
  warnMin: bound.default(null).describe("Below this, and still in bounds: at risk"),
  warnMax: bound.default(null).describe("Above this, and still in bounds: at risk"),
  noData: NoDataPolicy.default("unknown").describe(
    "What no data means; a source that fails is always unknown",
  ),
  labels: z.record(text(200).min(1), text(2_000)).refine(
    (labels) => Object.keys(labels).length <= 64,
    "must be at most 64 labels",
  ).default({}),
  description: text(4_000).default(""),
  step: durationText({ minMs: 1_000, maxMs: 3_600_000 }).nullable().default(null).describe(
    "Grid step; null means the scrape interval, found",
  ),
}).superRefine((draft, context) => {
  for (const [low, high] of ORDERED) {
    const [lower, upper] = [draft[low], draft[high]];
    if (lower === null || upper === null || lower <= upper) continue;
    context.addIssue({
      code: "custom",
      path: [high],
      message: `must not be below ${low}: ${upper} < ${lower}`,
    });
  }
}).meta({ id: "SlaDraft" });
export type SlaDraft = z.infer<typeof SlaDraft>;

const ORDERED = [["min", "max"], ["min", "warnMin"], ["warnMax", "max"], ["warnMin", "warnMax"]] as const;

/** A stored SLA. */
export const Sla = z.object({
  id: z.string().describe("Given at creation, ordered by time"),
  ...SlaDraft.shape,
  step: z.string().describe("Grid step, given or found"),
  derived: z.boolean().describe("True when min and max were taken from recent samples"),
  derivedFrom: z.object({ fromMs: z.int(), toMs: z.int() }).nullable().describe(
    "The samples the bounds were taken from, half-open, epoch ms",
  ),
  warnings: z.array(z.string()).describe("What the author should know, such as that a raw counter is judged"),
  revision: z.int().positive().describe("Grows with every change; the ETag"),
  createdAtMs: z.int(),
  updatedAtMs: z.int(),
}).meta({ id: "Sla" });
export type Sla = z.infer<typeof Sla>;
