import type { SlaEvent } from "../domain/sla/sla_event.ts";
import type { SeriesProgress, SlaProgress } from "../domain/sla/sla_progress.ts";
import type { NewOutboxMessage } from "./sla_outbox.ts";

/**
 * Where evaluation stands.
 *
 * An evaluation of one SLA is stored whole or not at all: progress, buckets, events and messages together, and only
 * on top of the state it started from. So a process killed at any moment goes on as if nothing had happened, and two
 * processes never count the same step twice.
 */
export interface SlaProgressStore {
  /** What is known of one SLA, with the buckets from `fromMs` on; `null` before its first evaluation. */
  load(slaId: string, fromMs: number): Promise<StoredProgress | null>;
  /**
   * Stores evaluations, in one transaction; tells which were superseded: edited, deleted or evaluated by another
   * meanwhile.
   */
  commit(steps: readonly EvaluationStep[]): Promise<readonly CommitResult[]>;
  /** Stores chosen forecasters; of no consequence when their SLA is gone. */
  saveModels(models: readonly StoredModel[]): Promise<void>;
  /** Deletes at most `limit` buckets of hours before `beforeMs`; resolves to how many. */
  prune(beforeMs: number, limit: number): Promise<number>;
}

/** What was stored of one SLA. */
export interface StoredProgress {
  /** Grows with every commit. */
  readonly version: number;
  readonly progress: SlaProgress;
  readonly series: readonly SeriesProgress[];
  readonly buckets: readonly HourBucket[];
  readonly models: readonly StoredModel[];
}

/** Time of one hour of one label set by verdict, ms. */
export interface HourBucket {
  readonly seriesId: string;
  /** Start of the hour, epoch ms. */
  readonly hourMs: number;
  readonly goodMs: number;
  readonly badMs: number;
  readonly missingMs: number;
}

/** A forecaster as chosen, to be brought up to date by the samples after `chosenAtMs`. */
export interface StoredModel {
  readonly slaId: string;
  readonly seriesId: string;
  /** End of the samples it was chosen from, epoch ms, exclusive. */
  readonly chosenAtMs: number;
  readonly effort: "quick" | "full";
  readonly json: string;
}

/** One evaluation of one SLA. */
export interface EvaluationStep {
  readonly slaId: string;
  /** The definition it was made with. */
  readonly revision: number;
  /** The version it started from, 0 at first. */
  readonly version: number;
  readonly progress: SlaProgress;
  /** True when buckets of an earlier definition must go. */
  readonly reset: boolean;
  /** True when models must go, as they forecast other samples. */
  readonly resetModels: boolean;
  /** Label sets that changed. */
  readonly series: readonly SeriesProgress[];
  /** Ids of label sets to forget. */
  readonly forgotten: readonly string[];
  /** To be added to what is stored. */
  readonly buckets: readonly HourBucket[];
  /** In order; a natural key that is stored already is skipped. */
  readonly events: readonly NewEvent[];
  readonly messages: readonly NewOutboxMessage[];
}

/** An event before it has its place in the order. */
export type NewEvent = Omit<SlaEvent, "sequence">;

/** What became of an evaluation. */
export interface CommitResult {
  readonly slaId: string;
  readonly stored: boolean;
  /** The stored events with their sequence. */
  readonly events: readonly SlaEvent[];
}
