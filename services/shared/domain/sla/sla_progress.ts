import { z } from "zod";
import { labelRecord } from "../label_record.ts";
import { LackingSamples } from "../results/lacking_samples.ts";
import { NoDataPolicy } from "./sla.ts";
import { SlaAlert } from "./sla_event.ts";
import { SlaState } from "./sla_status.ts";
import { BoundName } from "./sla_violations.ts";

/** What one step was worth. */
export const StepVerdict = z.enum(["good", "bad", "missing"]);
export type StepVerdict = z.infer<typeof StepVerdict>;

/** A run of steps out of bounds that may still grow. */
export const OpenRun = z.object({
  bound: BoundName,
  fromMs: z.int(),
  steps: z.int().positive(),
  /** False while it is shorter than the tolerance: its steps wait to be accounted. */
  counted: z.boolean(),
  /** The value at its first step; null when it is not known or infinite. */
  firstValue: z.number().nullable().default(null),
});
export type OpenRun = z.infer<typeof OpenRun>;

/** Where the accounting of one label set stands: all that is needed to go on with the next step. */
export const Account = z.object({
  /** The first step accounted: none up to `toMs` is left out; null of one that was stored before this was. */
  fromMs: z.int().nullable().default(null),
  /** The next step to account, epoch ms. */
  toMs: z.int(),
  run: OpenRun.nullable(),
  /** Verdicts of the last six hours as runs `[fromMs, toMs, verdict]`, oldest first. */
  recent: z.array(z.tuple([z.int(), z.int(), StepVerdict])),
});
export type Account = z.infer<typeof Account>;

/** Samples that are too few to choose a method from, and where the count stands. */
export const SamplesLacking = z.object({
  ...LackingSamples.shape,
  horizonMs: z.number(),
  stepMs: z.number(),
  /** End of the samples that were counted, epoch ms, exclusive. */
  toMs: z.int(),
});
export type SamplesLacking = z.infer<typeof SamplesLacking>;

/** The state of one label set as its samples tell it so far. */
export const HiddenState = z.object({
  state: SlaState.nullable(),
  sinceMs: z.int(),
  sinceAtLeast: z.boolean(),
  clearSinceMs: z.int().nullable(),
});
export type HiddenState = z.infer<typeof HiddenState>;

/** What is remembered of one label set between two evaluations, and across restarts. */
export const SeriesProgress = z.object({
  seriesId: z.string(),
  labels: labelRecord(),
  account: Account,
  state: SlaState.nullable(),
  sinceMs: z.int(),
  /** Whether the state may have begun before `sinceMs`, where the first look at its samples began. */
  sinceAtLeast: z.boolean().default(false),
  reason: z.string(),
  lastValue: z.number().nullable(),
  lastAtMs: z.int().nullable(),
  /** When the newest event happened; later events never claim an earlier time. */
  changedAtMs: z.int(),
  /**
   * Set from a failure of the source on until there is a sample again: from here on the samples of that time are
   * walked through, while it is said to be unknown.
   */
  hidden: HiddenState.nullable().default(null),
  /** Whether the newest prediction calls for attention, and until when that word holds. */
  risk: z.object({ probability: z.number().nullable(), active: z.boolean(), untilMs: z.int() }),
  /** Since when nothing calls for attention any more, while the state is still `at_risk`. */
  clearSinceMs: z.int().nullable(),
  /** Active alerts as they were sent: labels are the identity and must not change while it is active. */
  alerts: z.record(z.string(), SlaAlert),
  /** Why no forecasting method could be chosen, `null` when none was tried or one was. */
  unpredictable: z.string().nullable().default(null),
  /** Samples that were too few for that, counted on with each evaluation; `null` when none were tried or enough. */
  tooFew: SamplesLacking.nullable().default(null),
}).meta({ id: "SlaSeriesProgress" });
export type SeriesProgress = z.infer<typeof SeriesProgress>;

/** Where the one-time accounting of the past stands. */
export const Backfill = z.object({
  /** The past to account, half-open. */
  fromMs: z.int(),
  toMs: z.int(),
  /** Everything before is accounted. */
  nextMs: z.int(),
  /** Accounting of each label set so far. */
  accounts: z.record(z.string(), Account),
  done: z.boolean(),
});
export type Backfill = z.infer<typeof Backfill>;

/** The part of a definition on which the state depends. */
export const JudgedDefinition = z.object({
  kind: z.string(),
  expression: z.string(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  warnMin: z.number().nullable(),
  warnMax: z.number().nullable(),
  tolerance: z.string(),
  step: z.string(),
  noData: NoDataPolicy,
});
export type JudgedDefinition = z.infer<typeof JudgedDefinition>;

/** What an SLA is said to be, and since when without a break. */
export const ToldState = z.object({ state: SlaState, atMs: z.int() });
export type ToldState = z.infer<typeof ToldState>;

/** What is remembered of an SLA as a whole. */
export const SlaProgress = z.object({
  /** Tells when the judged part of the definition changed and the accounting starts anew. */
  judgeKey: z.string(),
  /** The definition of the newest evaluation; `null` of one that was stored before this was. */
  judged: JudgedDefinition.nullable().default(null),
  evaluatedAtMs: z.int(),
  /** `null` of one that was stored before this was, or of which no label set counts. */
  told: ToldState.nullable().default(null),
  backfill: Backfill,
}).meta({ id: "SlaProgress" });
export type SlaProgress = z.infer<typeof SlaProgress>;
