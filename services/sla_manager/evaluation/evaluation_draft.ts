import type { SlaAlert } from "../../shared/domain/sla/sla_event.ts";
import type { SeriesProgress, SlaProgress, ToldState } from "../../shared/domain/sla/sla_progress.ts";
import type { SlaState } from "../../shared/domain/sla/sla_status.ts";
import type { HourBucket, NewEvent } from "../../shared/ports/sla_progress_store.ts";
import { endAlerts, messageId } from "../alerts/alerts.ts";
import { type SlaSince, slaSince } from "../held/sla_since.ts";
import { alertEvent, editEvent, forgottenEvent, stateEvent } from "../events/describe_event.ts";
import type { SeriesEntry, SeriesView, SlaEntry } from "../held/sla_entry.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import { yieldsSameSamples } from "../judging/judged_definition.ts";
import type { SlaSettings } from "../settings.ts";
import type { SeriesOutcome } from "./evaluate_series.ts";
import type { Evaluation } from "./evaluation.ts";

/** Collects what the label sets of one SLA add to its evaluation. */
export class EvaluationDraft {
  readonly #entry: SlaEntry;
  readonly #nowMs: number;
  readonly #settings: SlaSettings;
  readonly #series: SeriesProgress[] = [];
  readonly #views: SeriesView[] = [];
  readonly #buckets: HourBucket[] = [];
  readonly #events: NewEvent[] = [];
  readonly #alerts: SlaAlert[] = [];
  readonly #forgotten: string[] = [];
  readonly #retired = new Set<string>();
  #isAnyLeft = false;

  constructor(entry: SlaEntry, nowMs: number, settings: SlaSettings) {
    this.#entry = entry;
    this.#nowMs = nowMs;
    this.#settings = settings;
  }

  /** Adds a label set. */
  take(outcome: SeriesOutcome): void {
    const { progress, changes, alerts, burnChanges, buckets, view } = outcome;
    const about = { sla: this.#entry.sla, progress, recordedAtMs: this.#nowMs };
    this.#series.push(progress);
    this.#views.push(view);
    this.#buckets.push(...buckets);
    this.#events.push(...changes.map((change) => stateEvent(about, change)));
    this.#events.push(
      ...burnChanges.map((alert) => alertEvent(about, alert, { isRedefined: this.#entry.reset })),
    );
    this.#alerts.push(...alerts);
  }

  /**
   * Goes on accounting one that counts no more, which is told once; whoever heard of its alerts hears that they are
   * over.
   */
  retire({ progress, buckets }: SeriesOutcome, { isTold }: { readonly isTold: boolean }): void {
    const { seriesId } = progress;
    this.#retired.add(seriesId);
    this.#series.push({ ...progress, alerts: {} });
    this.#buckets.push(...buckets);
    this.#leave(this.#entry.series.get(seriesId)?.progress ?? progress, { isTold });
  }

  /** Leaves one behind; whoever heard of its alerts hears that they are over. */
  forget(progress: SeriesProgress, { isTold }: { readonly isTold: boolean }): void {
    this.#forgotten.push(progress.seriesId);
    this.#leave(progress, { isTold: isTold || progress.lastAtMs === null && !isTelling(progress.state) });
  }

  #leave(progress: SeriesProgress, { isTold }: { readonly isTold: boolean }): void {
    const about = { sla: this.#entry.sla, progress, recordedAtMs: this.#nowMs };
    if (!isTold) this.#events.push(forgottenEvent(about));
    this.#isAnyLeft ||= !isTold;
    this.#alerts.push(...endAlerts(progress, this.#nowMs));
  }

  /** The evaluation. */
  finish(about: {
    /** `null` when there is nothing to store. */
    readonly progress: Omit<SlaProgress, "told"> | null;
    readonly added: ReadonlyMap<string, SeriesEntry>;
    readonly leftOut: number;
    readonly failure: string | null;
    readonly stepMs: number;
  }): Evaluation {
    const { progress, added, leftOut, failure, stepMs } = about;
    const { sla, version, reset, editedFrom } = this.#entry;
    // Alerts that end with the edit do so at the end of a step that may lie before it.
    const fromMs = editedFrom === null ? -Infinity : sla.updatedAtMs;
    const events = this.#events.map((event) => ({ ...event, atMs: Math.max(event.atMs, fromMs) }));
    const counted = this.#series.filter(({ seriesId }) => !this.#retired.has(seriesId));
    const since = counted.length === 0 ? null : slaSince(counted, judgeRules(sla, this.#settings));
    if (editedFrom !== null && failure === null) {
      events.unshift(editEvent(sla, { editedFrom, recordedAtMs: this.#nowMs, edited: since! }));
    }
    // One label set was taken after the other, each through all its time.
    events.sort((a, b) => a.atMs - b.atMs);
    const messages = this.#alerts.flatMap((alert) =>
      this.#settings.channels.map((channel) => ({ id: messageId(alert, sla.revision), channel, alert }))
    );
    return {
      entry: this.#entry,
      added,
      view: {
        evaluatedAtMs: this.#nowMs,
        stepMs,
        failure,
        series: this.#views,
        leftOut,
        retired: this.#retired,
      },
      step: progress === null ? null : {
        slaId: sla.id,
        revision: sla.revision,
        version,
        progress: { ...progress, told: this.#tell(since) },
        reset,
        resetModels: editedFrom !== null && !yieldsSameSamples(editedFrom, sla),
        series: this.#series,
        forgotten: this.#forgotten,
        buckets: this.#buckets,
        events,
        messages,
      },
    };
  }

  /** What is said from here on. Where a label set just left, it was known of before, but is said since now. */
  #tell(since: SlaSince | null): ToldState | null {
    if (since === null) return null;
    const before = this.#entry.progress?.told;
    if (before?.state === since.state) return before;
    const leftMs = this.#isAnyLeft ? this.#nowMs : -Infinity;
    return { state: since.state, atMs: Math.max(since.knownSinceMs, before?.atMs ?? -Infinity, leftMs) };
  }
}

/** A state whose end somebody may be waiting for. */
function isTelling(state: SlaState | null): boolean {
  return state !== null && state !== "unknown";
}
