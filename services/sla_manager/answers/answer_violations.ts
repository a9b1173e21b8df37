import { DomainError } from "../../shared/domain/errors.ts";
import { seriesId } from "../../shared/domain/labels.ts";
import type { Sla } from "../../shared/domain/sla/sla.ts";
import type { SeriesViolations, SlaViolations } from "../../shared/domain/sla/sla_violations.ts";
import { formatDuration, readDuration } from "../../shared/domain/units/duration_text.ts";
import type { RangeReading } from "../../shared/ports/metrics_source.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { countedSeries, FIRST_LOOK_MS, type SlaEntry } from "../held/sla_entry.ts";
import { rankSeries } from "../held/rank_series.ts";
import type { Stretch } from "../judging/find_silence.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import type { SlaSettings } from "../settings.ts";
import { trailingRange } from "../source/trailing_range.ts";
import { judgedFrom } from "./answer_budget.ts";
import {
  findIntervals,
  type KnownSeries,
  leadOf,
  NOT_HELD,
  silentInterval,
  sumUp,
} from "./find_intervals.ts";

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

/** Samples of an SLA over a span. */
export interface SpanReading extends RangeReading {
  /** As it was asked, the rest on the grid. */
  readonly span: ViolationSpan;
  /** Start of the samples, at the start of the span or before, epoch ms. */
  readonly startMs: number;
}

/** Reads the samples in which violations over a span are found. */
export async function readSpan(
  { reader, parts }: Evaluator,
  sla: Sla,
  span: ViolationSpan,
): Promise<SpanReading> {
  const rules = judgeRules(sla, parts.settings);
  const { stepMs } = rules;
  const fromMs = Math.floor(span.fromMs / stepMs) * stepMs;
  const toMs = Math.ceil(span.toMs / stepMs) * stepMs;
  const onGrid = { ...span, fromMs, toMs };
  requireSteps(sla, onGrid, VIOLATION_STEPS_MAX);
  const startMs = Math.max(0, fromMs - leadOf(rules));
  const reading = await reader.read({ expression: sla.expression, fromMs: startMs, toMs, stepMs });
  return { ...reading, span: onGrid, startMs };
}

/** Finds past violations in the source's samples: whoever reads the same samples finds the same. */
export async function answerViolations(
  evaluator: Evaluator,
  entry: SlaEntry,
  span: ViolationSpan,
): Promise<SlaViolations> {
  return describeViolations(entry, await readSpan(evaluator, entry.sla, span), evaluator.parts.settings);
}

/** The answer where the samples could not be had. */
export function unknownViolations(sla: Sla, span: ViolationSpan, reason: string): SlaViolations {
  const { window, fromMs, toMs } = span;
  const stepMs = readDuration(sla.step);
  const figures = { count: null, violatedMs: null, missing: null, intervals: [] };
  return { slaId: sla.id, name: sla.name, window, fromMs, toMs, stepMs, ...figures, reason, series: [] };
}

/** Puts what a reading holds into words; label sets that are known and not in it were missing throughout. */
export function describeViolations(
  entry: SlaEntry,
  { span: { window, fromMs, toMs }, startMs, ...reading }: SpanReading,
  settings: SlaSettings,
): SlaViolations {
  const { sla } = entry;
  const rules = judgeRules(sla, settings);
  const { stepMs } = rules;
  const span = { fromMs, toMs };
  const metFromMs = sla.createdAtMs - FIRST_LOOK_MS;
  const { forgetAfterMs } = settings;
  const find = (values: ArrayLike<number>, known: KnownSeries) =>
    findIntervals({ startMs, values }, { sla, rules, forgetAfterMs, metFromMs, span, known });
  const sampled = new Map(reading.series.map((one) => [seriesId(one.labels), one]));
  const series: SeriesViolations[] = [];
  for (const { progress: { seriesId, labels, account, lastAtMs } } of countedSeries(entry)) {
    // What stands for an expression that yields nothing is no series.
    if (lastAtMs === null) continue;
    const known = { judgedFromMs: account.fromMs ?? Infinity, lastAtMs };
    series.push({ seriesId, labels, ...find(sampled.get(seriesId)?.values ?? [], known) });
    sampled.delete(seriesId);
  }
  const isInSpan = (_: number, i: number): boolean => startMs + i * stepMs >= fromMs;
  for (const [id, { labels, values }] of sampled) {
    if (values.filter(isInSpan).every(Number.isNaN)) continue;
    series.push({ seriesId: id, labels, ...find(values, NOT_HELD) });
  }
  const ranks = rankSeries(entry);
  const isRetired = (id: string): number => Number(entry.view?.retired.has(id) === true);
  series.sort((a, b) =>
    (b.violatedMs ?? 0) - (a.violatedMs ?? 0) ||
    isRetired(a.seriesId) - isRetired(b.seriesId) ||
    (b.missing ?? 0) - (a.missing ?? 0) ||
    ranks.compare(a.seriesId, b.seriesId)
  );
  const { seriesId: _, labels: __, ...worst } = series[0] ?? nobody(entry, { span, stepMs });
  return {
    slaId: sla.id,
    name: sla.name,
    window,
    fromMs,
    toMs,
    stepMs,
    ...worst,
    ...(series.length === 0 ? { reason: "the expression yields no series in this window" } : {}),
    series,
  };
}

/** What is missing where there is no series at all: since its accounting began, whatever the source did meanwhile. */
function nobody(
  entry: SlaEntry,
  { span: { fromMs, toMs }, stepMs }: { readonly span: Stretch; readonly stepMs: number },
): SeriesViolations {
  const silent = entry.sla.noData === "violated"
    ? countedSeries(entry).find(({ progress }) => progress.lastAtMs === null)
    : undefined;
  const beganMs = judgedFrom(entry, silent?.progress.seriesId, fromMs) ?? Infinity;
  const intervals = beganMs < toMs ? [silentInterval({ fromMs: beganMs, toMs }, true)] : [];
  return { seriesId: "", labels: {}, ...sumUp(intervals, Math.round((toMs - fromMs) / stepMs)) };
}
