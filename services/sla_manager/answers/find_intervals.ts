import { findViolations } from "@pronoia/analytics";
import type { Sla } from "../../shared/domain/sla/sla.ts";
import type { SeriesViolations, ViolationInterval } from "../../shared/domain/sla/sla_violations.ts";
import { readDuration } from "../../shared/domain/units/duration_text.ts";
import type { GridSamples } from "../judging/advance.ts";
import { findSilence, type Stretch } from "../judging/find_silence.ts";
import type { JudgeRules } from "../judging/judge_rules.ts";

/** What is known of a label set beside its samples in the window. */
export interface KnownSeries {
  /** The first step that its accounting goes through without a break; `Infinity` where it has none. */
  readonly judgedFromMs: number;
  /** Its newest sample; `Infinity` where none is known. */
  readonly lastAtMs: number;
}

/** One that is not held: it was never judged, or is forgotten. */
export const NOT_HELD: KnownSeries = { judgedFromMs: Infinity, lastAtMs: Infinity };

/** Where to look for violations, and by what. */
export interface IntervalSearch {
  readonly sla: Pick<Sla, "min" | "max" | "tolerance">;
  readonly rules: Pick<JudgeRules, "noData" | "staleAfterMs" | "stepMs">;
  /** A series without samples for so long is forgotten. */
  readonly forgetAfterMs: number;
  /** One that was silent since before was never met. */
  readonly metFromMs: number;
  readonly span: Stretch;
  readonly known: KnownSeries;
}

/**
 * How long before a window its samples are looked at: as far as tells whether the window begins with a newest sample
 * that is stale, where that counts.
 */
export function leadOf({ noData, staleAfterMs, stepMs }: IntervalSearch["rules"]): number {
  return noData === "violated" ? Math.ceil(staleAfterMs / stepMs) * stepMs : 0;
}

/** When one label set violated its SLA in a window, by samples that begin with its lead at the latest. O(steps). */
export function findIntervals(
  samples: GridSamples,
  search: IntervalSearch,
): Pick<SeriesViolations, "count" | "violatedMs" | "missing" | "intervals"> {
  const { rules: { stepMs }, span: { fromMs, toMs } } = search;
  const first = Math.round((fromMs - samples.startMs) / stepMs);
  const steps = Math.round((toMs - fromMs) / stepMs);
  const values = Array.from({ length: steps }, (_, i) => toFinite(samples.values[first + i] ?? NaN));
  const broken = brokenBounds(values, search);
  const intervals = [...broken.intervals, ...silences(samples, search)].sort((a, b) => a.fromMs - b.fromMs);
  return sumUp(intervals, broken.missing);
}

/** What intervals are together. */
export function sumUp(
  intervals: ViolationInterval[],
  missing: number,
): Pick<SeriesViolations, "count" | "violatedMs" | "missing" | "intervals"> {
  const violatedMs = intervals.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return { count: intervals.length, violatedMs, missing, intervals };
}

/** A stretch without samples as an interval. */
export function silentInterval(stretch: Stretch, ongoing: boolean): ViolationInterval {
  return { ...stretch, ongoing, cause: "noData", bound: null, worst: null, worstAtMs: null };
}

function brokenBounds(
  values: readonly number[],
  { sla, rules: { stepMs, staleAfterMs }, span: { fromMs, toMs } }: IntervalSearch,
): { readonly intervals: readonly ViolationInterval[]; readonly missing: number } {
  const newestMs = fromMs + stepMs * values.findLastIndex((value) => !Number.isNaN(value));
  const speaksOfEnd = toMs - stepMs - newestMs < staleAfterMs;
  const { intervals, missing } = findViolations({ startMs: fromMs, stepMs, values }, {
    ...(sla.min === null ? {} : { min: sla.min }),
    ...(sla.max === null ? {} : { max: sla.max }),
    // An excursion as long as the tolerance counts here; to the library it is still tolerated.
    toleranceMs: Math.max(0, readDuration(sla.tolerance) - 1),
  });
  return {
    missing,
    intervals: intervals.map(({ fromMs, toMs, ongoing, bound, worst, worstAtMs }) => ({
      fromMs,
      toMs,
      // The newest step mostly has no sample yet: the state, too, lasts until the newest sample is stale.
      ongoing: ongoing || speaksOfEnd && toMs === newestMs + stepMs,
      cause: "bound",
      bound,
      worst,
      worstAtMs,
    })),
  };
}

/** Stretches without samples that are violations, as far as the window and the memory of a series reach. */
function silences(samples: GridSamples, search: IntervalSearch): readonly ViolationInterval[] {
  const { rules, metFromMs, span, known } = search;
  if (rules.noData !== "violated") return [];
  const { startMs } = samples;
  const wasThere = known.judgedFromMs <= startMs || known.lastAtMs < startMs;
  const isHeld = known.lastAtMs < Infinity;
  return findSilence(samples, { rules, toMs: span.toMs, wasThere }).flatMap((stretch) => {
    const fromMs = Math.max(stretch.fromMs, span.fromMs);
    const toMs = Math.min(stretch.toMs, countsUntil(stretch, search));
    // One that is silent and not held yet was never met: it had no sample since the SLA was made.
    const isUnmet = !isHeld && stretch.toMs === span.toMs &&
      (toMs === span.toMs || lastBefore(stretch, rules) < metFromMs);
    return fromMs < toMs && !isUnmet ? [silentInterval({ fromMs, toMs }, toMs === span.toMs)] : [];
  });
}

/** Until when silence counts: unless the accounting went through all of it, its series is forgotten on the way. */
function countsUntil(stretch: Stretch, { rules, forgetAfterMs, known }: IntervalSearch): number {
  if (known.judgedFromMs < stretch.toMs) return Infinity;
  return lastBefore(stretch, rules) + Math.ceil(forgetAfterMs / rules.stepMs) * rules.stepMs;
}

/** The newest sample before a silence that began within what was read. */
function lastBefore(stretch: Stretch, rules: IntervalSearch["rules"]): number {
  return stretch.fromMs - leadOf(rules);
}

/** An infinite value is farther out than any other, and JSON has none. */
function toFinite(value: number): number {
  return value === Infinity ? Number.MAX_VALUE : value === -Infinity ? -Number.MAX_VALUE : value;
}
