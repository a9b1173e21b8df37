import { seriesId } from "../../shared/domain/labels.ts";
import type { Account, SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import { readDuration } from "../../shared/domain/units/duration_text.ts";
import type { RangeReading } from "../../shared/ports/metrics_source.ts";
import type { HourBucket } from "../../shared/ports/sla_progress_store.ts";
import { HourDeltas } from "../budget/hour_deltas.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import {
  type AccountDraft,
  accountStep,
  closeRun,
  draftAccount,
  emptyAccount,
  RECENT_VERDICTS_MS,
} from "../judging/account_step.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import type { SlaSettings } from "../settings.ts";
import { endOfPast } from "./backfill_range.ts";
import type { Evaluation } from "./evaluation.ts";

/** Most steps of one portion: what Prometheus answers in one query. */
const BACKFILL_STEPS_MAX = 10_000;

/** The next portion of the past to account, `null` when there is none. */
export function backfillRange(entry: SlaEntry): { readonly fromMs: number; readonly toMs: number } | null {
  const backfill = entry.progress?.backfill;
  if (backfill === undefined || backfill.done) return null;
  const toMs = backfill.nextMs + BACKFILL_STEPS_MAX * readDuration(entry.sla.step);
  return { fromMs: backfill.nextMs, toMs: Math.min(toMs, backfill.toMs) };
}

/**
 * Accounts one portion of the past of every label set that is judged now. Time before the first sample of a label set
 * is not missing: there was nothing yet.
 */
export function backfillStep(
  entry: SlaEntry,
  reading: RangeReading,
  options: { readonly toMs: number; readonly settings: SlaSettings },
): Evaluation {
  const { toMs, settings } = options;
  const { sla } = entry;
  const progress = entry.progress!;
  const { backfill } = progress;
  const rules = judgeRules(sla, settings);
  const drafts = new Map<string, AccountDraft>();
  const deltasOf = new Map<string, HourDeltas>();
  const sampled = new Map(reading.series.map((one) => [seriesId(one.labels), one]));
  for (const [id, known] of entry.series) {
    const samples = sampled.get(id);
    const before = backfill.accounts[id];
    const firstIndex = samples?.values.findIndex((value) => !Number.isNaN(value)) ?? -1;
    if (before === undefined && firstIndex < 0) continue;
    // From there on it is accounted as it happens.
    const untilMs = Math.min(toMs, known.progress.account.fromMs ?? backfill.toMs);
    const firstMs = before === undefined ? samples!.startMs + firstIndex * rules.stepMs : before.toMs;
    if (before === undefined && firstMs >= untilMs) continue;
    const draft = draftAccount(before ?? emptyAccount(firstMs));
    const deltas = new HourDeltas();
    while (draft.toMs < untilMs) {
      const index = samples === undefined ? -1 : Math.round((draft.toMs - samples.startMs) / rules.stepMs);
      accountStep(draft, samples?.values[index] ?? NaN, rules, deltas);
    }
    drafts.set(id, draft);
    deltasOf.set(id, deltas);
  }
  // One that was met since the past was first looked at is accounted from later on: the time up to there is past too.
  const pastToMs = endOfPast(
    backfill.toMs,
    [...drafts.keys()].map((id) => entry.series.get(id)!.progress.account),
  );
  const done = toMs >= pastToMs;
  const buckets: HourBucket[] = [];
  const series: SeriesProgress[] = [];
  for (const [id, draft] of drafts) {
    const deltas = deltasOf.get(id)!;
    // Where the accounting as it happens began, an excursion begins anew: the steps before it must not be lost.
    if (done) closeRun(draft, rules, deltas);
    buckets.push(...deltas.buckets(id));
    const { progress } = entry.series.get(id)!;
    if (done) series.push({ ...progress, account: joinPast(draft, progress.account) });
  }
  return {
    entry,
    added: new Map(),
    view: entry.view!,
    step: {
      slaId: sla.id,
      revision: sla.revision,
      version: entry.version,
      progress: {
        ...progress,
        backfill: {
          ...backfill,
          toMs: pastToMs,
          nextMs: toMs,
          accounts: done ? {} : Object.fromEntries(drafts),
          done,
        },
      },
      reset: false,
      resetModels: false,
      series,
      forgotten: [],
      buckets,
      events: [],
      messages: [],
    },
  };
}

/** Puts what was before an account in front of it: verdicts as far as they are recent. */
function joinPast({ fromMs, recent: older }: Account, account: Account): Account {
  const oldestMs = account.toMs - RECENT_VERDICTS_MS;
  const beginMs = account.recent[0]?.[0] ?? account.toMs;
  const recent = older.filter(([fromMs, toMs]) => toMs > oldestMs && fromMs < beginMs);
  return { ...account, fromMs, recent: [...recent, ...account.recent] };
}
