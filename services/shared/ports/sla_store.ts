import type { Page, PageRequest } from "../domain/page.ts";
import type { Sla } from "../domain/sla/sla.ts";
import type { SlaEvent } from "../domain/sla/sla_event.ts";
import type { Dependency } from "./health.ts";
import type { NewOutboxMessage, SlaOutbox } from "./sla_outbox.ts";
import type { SlaProgressStore } from "./sla_progress_store.ts";

/**
 * Everything sla_manager remembers, split by need.
 *
 * Every adapter promises: tables are made and migrated on opening, safe to start twice at once; doubles and any UTF-8
 * come back as they were given; a store that is down rejects with `DomainError` `unavailable`.
 */
export interface SlaStore extends Dependency, AsyncDisposable {
  readonly definitions: SlaDefinitions;
  readonly progress: SlaProgressStore;
  readonly events: SlaEvents;
  readonly outbox: SlaOutbox;
}

/** The SLAs themselves. Names are unique, compared code point by code point. */
export interface SlaDefinitions {
  /** Ordered by id, which is the order of creation. */
  list(page: PageRequest): Promise<Page<Sla>>;
  read(id: string): Promise<Sla | null>;
  /** The SLA of exactly this name. */
  find(name: string): Promise<Sla | null>;
  /**
   * Creates it, or replaces the revision before `sla.revision`; `conflict` for a taken name, `stale` when that
   * revision is no longer the newest, `not-found` when it is gone.
   */
  save(sla: Sla): Promise<void>;
  /**
   * Deletes the SLA with its progress; events stay, and `farewell` messages go to the outbox in the same transaction.
   */
  remove(id: string, options?: RemoveOptions): Promise<void>;
}

/** How to delete. */
export interface RemoveOptions {
  /** Refuses with `stale` when this is not the newest revision. */
  readonly revision?: number;
  /** What is still to be told, such as that its alerts are over. */
  readonly farewell?: readonly NewOutboxMessage[];
}

/** State changes and the like, kept beyond the life of the samples. Written by `SlaProgressStore.commit` alone. */
export interface SlaEvents {
  /** Newest first; with `afterSequence`, oldest first from there on, for those who follow. */
  list(filter: EventFilter, page: PageRequest): Promise<Page<SlaEvent>>;
  /** Deletes at most `limit` events that happened before `beforeMs`; resolves to how many. */
  prune(beforeMs: number, limit: number): Promise<number>;
}

/** Which events. Times bound `atMs`, half-open. */
export interface EventFilter {
  readonly slaId?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly afterSequence?: number;
}
