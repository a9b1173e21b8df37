import type { ResultKind, ResultMessage } from "../domain/results/messages.ts";
import type { Dependency } from "./health.ts";

/**
 * Where data_storage puts results.
 *
 * Every adapter promises: a call to `write` is one transaction; natural keys, the later `producedAtMs` wins, so that
 * a replayed or shuffled stream leaves the same rows; doubles come back bit for bit; tables are made and migrated on
 * opening, safe to start twice at once.
 */
export interface ResultWriter extends Dependency, AsyncDisposable {
  /**
   * Stores the batch; rejects with `DomainError` `unavailable` when the store is down, after bounded retries of
   * deadlocks.
   */
  write(messages: readonly ResultMessage[]): Promise<void>;
  /** Deletes what is older than its retention, in small batches; resolves to the number of rows deleted. */
  prune(retention: Retention, nowMs: number): Promise<number>;
  /** Rows per kind, and when the newest was written (epoch ms), `null` when there is none. */
  count(): Promise<StoreCount>;
}

/** How long history is kept, ms. */
export interface Retention {
  readonly forecastsMs: number;
  readonly statisticsMs: number;
}

/** What the store holds. */
export interface StoreCount {
  readonly rows: Readonly<Record<ResultKind | "series", number>>;
  readonly lastProducedAtMs: number | null;
}
