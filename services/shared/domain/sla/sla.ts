import { z } from "zod";
import { EXAMPLE_END_MS, EXAMPLE_SLA_ID, text as described, timeMs } from "../fields.ts";
import { labelRecord } from "../label_record.ts";
import { ORDERED_BOUNDS } from "./ordered_bounds.ts";
import { SlaLabels } from "./sla_labels.ts";
import { DURATION_PATTERN, formatDuration, readDuration } from "../units/duration_text.ts";

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
  }).meta({ pattern: DURATION_PATTERN.source });

const bound = (description: string, example: number) =>
  z.number({ error: "must be a finite number or null" }).nullable().default(null).meta({
    description,
    example,
  });

const SOME_LABELS = { default: {}, example: { team: "shop" } };

/**
 * What a caller says about an SLA. Unknown fields are refused, so that a misspelt bound never passes silently.
 *
 * With neither `min` nor `max`, both come from the last 30 minutes.
 */
export const SlaDraft = z.strictObject({
  kind: z.literal("bounds").default("bounds").describe(
    "What is promised: values within bounds. Ratio objectives (good events of all events) will be another kind",
  ),
  name: text(200).regex(/\S/, "must not be blank").meta({
    description: "Unique, any characters but not blank",
    example: "load of web-1",
  }),
  expression: text(8_192).regex(/\S/, "must not be blank").meta({
    description:
      "Metric, selector or any PromQL that yields series; judged exactly as written, each label set apart",
    example: "node_load1",
  }),
  min: bound("Lowest value that keeps the promise, in the unit of the expression", 0),
  max: bound("Highest value that keeps the promise, in the unit of the expression", 4),
  target: z.number().gt(0, "must be above 0, a share such as 0.999")
    .lt(1, "must be below 1, a share such as 0.999").nullable().default(null).meta({
      description: "Share of time that must be in bounds, between 0 and 1; null: no budget",
      example: 0.999,
    }),
  budgetWindow: durationText({ minMs: 3_600_000, maxMs: BUDGET_WINDOW_MAX_MS }).default("30d").meta({
    description: "What the target is measured over, a duration between 1h and 90d",
    example: "30d",
  }),
  tolerance: durationText({ minMs: 0, maxMs: 21_600_000 }).default("0s").meta({
    description: "A violation shorter than this does not count, a duration up to 6h",
    example: "1m",
  }),
  warnMin: bound("Below this, and still in bounds: at risk; in the unit of the expression", 1),
  warnMax: bound("Above this, and still in bounds: at risk; in the unit of the expression", 3),
  noData: NoDataPolicy.default("unknown").describe(
    "What no data means, whatever the tolerance; a source that fails is always unknown",
  ),
  labels: SlaLabels.default({}).meta(SOME_LABELS),
  description: text(4_000).default("").meta({
    description: "What is promised, in your words",
    example: "The shop answers at once",
  }),
  step: durationText({ minMs: 1_000, maxMs: 3_600_000 }).nullable().default(null).meta({
    description: "Distance of judged samples, a duration between 1s and 1h; null: the scrape interval, found",
    example: "15s",
  }),
}).superRefine(refuseCrossedBounds).meta({
  id: "SlaDraft",
  description: "What a caller says about an SLA; unknown fields are refused",
});
export type SlaDraft = z.infer<typeof SlaDraft>;

/** The same for a preview: nothing is stored under its name, which may be left out. */
export const SlaPreviewDraft = z.strictObject({
  ...SlaDraft.shape,
  name: SlaDraft.shape.name.default("preview").meta({
    description: "What the answer calls it, any characters but not blank; another SLA may have it",
    example: "load of web-1",
  }),
}).superRefine(refuseCrossedBounds).meta({
  id: "SlaPreviewDraft",
  description: "What a caller says about an SLA that is not stored; unknown fields are refused",
});

function refuseCrossedBounds(
  draft: Readonly<Record<typeof ORDERED_BOUNDS[number][number], number | null>>,
  context: z.RefinementCtx,
): void {
  for (const [low, high] of ORDERED_BOUNDS) {
    const [lower, upper] = [draft[low], draft[high]];
    if (lower === null || upper === null || lower <= upper) continue;
    context.addIssue({
      code: "custom",
      path: [high],
      message: `must not be below ${low}: ${upper} < ${lower}`,
    });
  }
}

/** The time whose samples gave an SLA its bounds, half-open. */
const DerivedFrom = z.object({
  fromMs: timeMs("Start, inclusive"),
  toMs: timeMs("End, exclusive", EXAMPLE_END_MS),
});

/** A draft with what its source says: the step and the bounds that it leaves open, and what is to be warned of. */
export const ResolvedSla = z.object({
  ...SlaDraft.shape,
  // What was stored before names were checked is still read.
  labels: labelRecord().default({}).meta({ description: "Labels that its alerts carry", ...SOME_LABELS }),
  step: described("Distance of judged samples, a duration, given or found", "15s"),
  derived: z.boolean().describe("True when min and max were taken from recent samples"),
  derivedFrom: DerivedFrom.nullable().describe(
    "From the first to the last sample that the bounds were taken from, within 30 minutes; null where they were given",
  ),
  warnings: z.array(z.string()).meta({
    description:
      "What the author should know, as of now: also a burn alert that begins once its past is read in",
    example: ["a raw counter is judged: it only grows"],
  }),
});
export type ResolvedSla = z.infer<typeof ResolvedSla>;

/** A stored SLA. */
export const Sla = z.object({
  id: described("Given at creation, ordered by time", EXAMPLE_SLA_ID),
  ...ResolvedSla.shape,
  revision: z.int().positive().meta({ description: "Grows with every change; the ETag", example: 1 }),
  createdAtMs: timeMs("When it was created"),
  updatedAtMs: timeMs("When it was last changed"),
}).meta({ id: "Sla", description: "A stored SLA" });
export type Sla = z.infer<typeof Sla>;
