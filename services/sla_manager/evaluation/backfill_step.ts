import { seriesId } from "../../shared/domain/labels.ts";
import type { Account, SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import { readDuration } from "../../shared/domain/units/duration.ts";
import type { RangeReading } from "../../shared/ports/metrics_source.ts";
import type { HourBucket } from "../../shared/ports/sla_progress_store.ts";
import { HourDeltas } from "../budget/hour_deltas.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import {
  accountStep,
  closeRun,
  draftAccount,
  emptyAccount,
  RECENT_VERDICTS_MS,
} from "../judging/account_step.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import type { SlaSettings } from "../settings.ts";
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
  const done = toMs >= backfill.toMs;
  const accounts: Record<string, Account> = {};
  const buckets: HourBucket[] = [];
  const series: SeriesProgress[] = [];
  const sampled = new Map(reading.series.map((one) => [seriesId(one.labels), one]));
  for (const [id, known] of entry.series) {
    const samples = sampled.get(id);
    const before = backfill.accounts[id];
    const firstIndex = samples?.values.findIndex((value) => !Number.isNaN(value)) ?? -1;
    if (before === undefined && firstIndex < 0) continue;
    const draft = draftAccount(before ?? emptyAccount(samples!.startMs + firstIndex * rules.stepMs));
    const deltas = new HourDeltas();
    while (draft.toMs < toMs) {
      const index = samples === undefined ? -1 : Math.round((draft.toMs - samples.startMs) / rules.stepMs);
      accountStep(draft, samples?.values[index] ?? NaN, rules, deltas);
    }
    // Where the accounting as it happens began, an excursion begins anew: the steps before it must not be lost.
    if (done) closeRun(draft, rules, deltas);
    buckets.push(...deltas.buckets(id));
    if (done) series.push({ ...known.progress, account: joinRecent(draft.recent, known.progress.account) });
    else accounts[id] = draft;
  }
  return {
    entry,
    added: new Map(),
    view: entry.view!,
    step: {
      slaId: sla.id,
      revision: sla.revision,
      version: entry.version,
      progress: { ...progress, backfill: { ...backfill, nextMs: toMs, accounts, done } },
      reset: entry.reset,
      series,
      forgotten: [],
      buckets,
      events: [],
      messages: [],
    },
  };
}

/** Puts verdicts from before an account in front of its own, as far as they are recent. */
function joinRecent(older: Account["recent"], account: Account): Account {
  const oldestMs = account.toMs - RECENT_VERDICTS_MS;
  const beginMs = account.recent[0]?.[0] ?? account.toMs;
  const recent = older.filter(([fromMs, toMs]) => toMs > oldestMs && fromMs < beginMs);
  return { ...account, recent: [...recent, ...account.recent] };
}
