import { findViolations } from "@pronoia/analytics";
import { DomainError } from "../../shared/domain/errors.ts";
import { type Labels, seriesId } from "../../shared/domain/labels.ts";
import type { Sla } from "../../shared/domain/sla/sla.ts";
import type { SeriesViolations, SlaViolations } from "../../shared/domain/sla/sla_violations.ts";
import { formatDuration, readDuration } from "../../shared/domain/units/duration_text.ts";
import type { RangeReading } from "../../shared/ports/metrics_source.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { countedSeries, type SlaEntry } from "../held/sla_entry.ts";
import { rankSeries, type SeriesRanks } from "../held/rank_series.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import { trailingRange } from "../source/trailing_range.ts";

/** Most grid steps of one answer. */
const VIOLATION_STEPS_MAX = 500_000;

/** What span to answer for: a trailing window, or a range. */
export interface ViolationSpan {
  /** As it was asked, such as `1h`. */
  readonly window: string;
  /** Which parameter asked for it. @default "window" */
  readonly asked?: "fromMs";
  readonly fromMs: number;
  readonly toMs: number;
}

/** Requires a span to have no more steps of the SLA than an answer can hold. */
export function requireSteps(sla: Sla, { asked, fromMs, toMs }: ViolationSpan, stepsMax: number): void {
  const stepMs = readDuration(sla.step);
  if ((toMs - fromMs) / stepMs <= stepsMax) return;
  const longest = formatDuration(stepsMax * stepMs);
  const message = `must reach over at most ${stepsMax} steps of ${sla.step}, ${longest}: found ${
    formatDuration(toMs - fromMs)
  }`;
  throw new DomainError("invalid", `Cannot read samples as the span ${message}`, {
    fields: [{ field: asked ?? "window", message }],
  });
}

/** The trailing window up to and with the newest step. */
export function trailingSpan(sla: Sla, window: string, nowMs: number): ViolationSpan {
  return {
    window,
    ...trailingRange(nowMs, { windowMs: readDuration(window), stepMs: readDuration(sla.step) }),
  };
}

/** Finds past violations in the source's samples: whoever reads the same samples finds the same. */
export async function answerViolations(
  evaluator: Evaluator,
  entry: SlaEntry,
  span: ViolationSpan,
): Promise<SlaViolations> {
  const { sla } = entry;
  const stepMs = readDuration(sla.step);
  const fromMs = Math.floor(span.fromMs / stepMs) * stepMs;
  const toMs = Math.ceil(span.toMs / stepMs) * stepMs;
  requireSteps(sla, { ...span, fromMs, toMs }, VIOLATION_STEPS_MAX);
  const reading = await evaluator.reader.read({ expression: sla.expression, fromMs, toMs, stepMs });
  const known = countedSeries(entry).filter(({ progress }) => progress.lastAtMs !== null);
  return describeViolations(sla, reading, {
    ranks: rankSeries(entry),
    span: { window: span.window, fromMs, toMs },
    staleAfterMs: judgeRules(sla, evaluator.parts.settings).staleAfterMs,
    known: known.map(({ progress }) => progress.labels),
    retired: entry.view?.retired ?? new Set(),
  });
}

/** The answer where the samples could not be had. */
export function unknownViolations(sla: Sla, span: ViolationSpan, reason: string): SlaViolations {
  const { window, fromMs, toMs } = span;
  const stepMs = readDuration(sla.step);
  const figures = { count: null, violatedMs: null, missing: null, intervals: [] };
  return { slaId: sla.id, name: sla.name, window, fromMs, toMs, stepMs, ...figures, reason, series: [] };
}

/** Puts what a reading holds into words; label sets that are known and not in it were missing throughout. */
function describeViolations(
  sla: Sla,
  reading: Pick<RangeReading, "series">,
  { span, staleAfterMs, known, ranks, retired }: {
    /** Which of those is worse that were out of bounds as long. */
    readonly ranks: SeriesRanks;
    readonly span: ViolationSpan;
    /** A newest sample of this age or older says nothing about the end of the span. */
    readonly staleAfterMs: number;
    readonly known: readonly Labels[];
    /** Those that count no more: what they were missing speaks for nobody. */
    readonly retired: ReadonlySet<string>;
  },
): SlaViolations {
  const { window, fromMs, toMs } = span;
  const stepMs = readDuration(sla.step);
  const steps = Math.round((toMs - fromMs) / stepMs);
  const series = new Map<string, SeriesViolations>();
  for (const labels of known) {
    const id = seriesId(labels);
    series.set(id, { seriesId: id, labels, count: 0, violatedMs: 0, missing: steps, intervals: [] });
  }
  const bounds = {
    ...(sla.min === null ? {} : { min: sla.min }),
    ...(sla.max === null ? {} : { max: sla.max }),
    // An excursion as long as the tolerance counts here; to the library it is still tolerated.
    toleranceMs: Math.max(0, readDuration(sla.tolerance) - 1),
  };
  for (const { labels, startMs, values } of reading.series) {
    const id = seriesId(labels);
    const newestMs = startMs + stepMs * values.findLastIndex((value) => !Number.isNaN(value));
    const speaksOfEnd = toMs - stepMs - newestMs < staleAfterMs;
    const { intervals, missing } = findViolations({ startMs, stepMs, values: values.map(toFinite) }, bounds);
    series.set(id, {
      seriesId: id,
      labels,
      count: intervals.length,
      violatedMs: intervals.reduce((sum, interval) => sum + interval.toMs - interval.fromMs, 0),
      missing,
      intervals: intervals.map(({ fromMs, toMs, ongoing, bound, worst, worstAtMs }) => ({
        fromMs,
        toMs,
        // The newest step mostly has no sample yet: the state, too, lasts until the newest sample is stale.
        ongoing: ongoing || speaksOfEnd && toMs === newestMs + stepMs,
        bound,
        worst,
        worstAtMs,
      })),
    });
  }
  const sorted = [...series.values()].sort((a, b) =>
    (b.violatedMs ?? 0) - (a.violatedMs ?? 0) ||
    Number(retired.has(a.seriesId)) - Number(retired.has(b.seriesId)) ||
    (b.missing ?? 0) - (a.missing ?? 0) ||
    ranks.compare(a.seriesId, b.seriesId)
  );
  const [worst] = sorted;
  return {
    slaId: sla.id,
    name: sla.name,
    window,
    fromMs,
    toMs,
    stepMs,
    count: worst?.count ?? 0,
    violatedMs: worst?.violatedMs ?? 0,
    missing: worst?.missing ?? steps,
    intervals: worst?.intervals ?? [],
    ...(worst === undefined ? { reason: "the expression yields no series in this window" } : {}),
    series: sorted,
  };
}

/** An infinite value is farther out than any other, and JSON has none. */
function toFinite(value: number): number {
  return value === Infinity ? Number.MAX_VALUE : value === -Infinity ? -Number.MAX_VALUE : value;
}
