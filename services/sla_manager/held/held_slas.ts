import type { Sla } from "../../shared/domain/sla/sla.ts";
import { unknownSla } from "../../shared/domain/sla/unknown_sla.ts";
import type { SlaStore } from "../../shared/ports/sla_store.ts";
import { HOUR_MS } from "../budget/hour_totals.ts";
import type { SourceTime } from "../source/source_time.ts";
import { verdictKey } from "../judging/judged_definition.ts";
import { bucketHours, keepModels, openEntry, type SlaEntry } from "./sla_entry.ts";

/** The version of an SLA of which it is not known what is stored: nothing is stored on top of it. */
const IN_DOUBT = -1;

/**
 * The SLAs that are held in memory, each as it is stored, and a queue for each: what changes an SLA happens one after
 * another.
 */
export class HeldSlas {
  readonly #store: SlaStore;
  readonly #time: SourceTime;
  readonly #entries = new Map<string, SlaEntry>();
  /** The last thing queued for each SLA. */
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(store: SlaStore, time: SourceTime) {
    this.#store = store;
    this.#time = time;
  }

  /** Every SLA held, in order of creation. */
  entries(): SlaEntry[] {
    return [...this.#entries.values()].sort((a, b) => a.sla.id < b.sla.id ? -1 : 1);
  }

  /** The SLA of this id, `undefined` when there is none. */
  find(id: string): SlaEntry | undefined {
    return this.#entries.get(id);
  }

  /** The same, `not-found` when there is none. */
  require(id: string): SlaEntry {
    const entry = this.#entries.get(id);
    if (entry !== undefined) return entry;
    throw unknownSla(id);
  }

  /** Runs `work` while nothing else happens to this SLA. */
  async exclusively<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    const result = (this.#queues.get(id) ?? Promise.resolve()).then(work, work);
    this.#queues.set(id, result);
    try {
      return await result;
    } finally {
      if (this.#queues.get(id) === result) this.#queues.delete(id);
    }
  }

  /** The same for work that ends elsewhere: takes a turn and keeps it until released. */
  async hold(id: string): Promise<{ readonly release: () => void }> {
    const { promise, resolve: release } = Promise.withResolvers<void>();
    const { promise: turn, resolve: begin } = Promise.withResolvers<void>();
    void this.exclusively(id, async () => {
      begin();
      await promise;
    });
    await turn;
    return { release };
  }

  /**
   * Makes the definitions held those that are stored, and brings back what was stored of each that is new or changed.
   */
  async refresh(): Promise<void> {
    const revisions = new Map<string, number>();
    let cursor: string | undefined;
    do {
      const page = await this.#store.definitions.list({ limit: 1_000, cursor });
      for (const { id, revision } of page.items) revisions.set(id, revision);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    // The list is as of before; what was created, changed or deleted meanwhile is looked at when its turn comes.
    for (const id of new Set([...this.#entries.keys(), ...revisions.keys()])) {
      if (this.#entries.get(id)?.sla.revision === revisions.get(id)) continue;
      await this.exclusively(id, () => this.reload(id));
    }
  }

  /**
   * Holds what is stored of one SLA now, if anything; readers go on seeing what they saw. To be called exclusively.
   */
  async reload(id: string): Promise<SlaEntry | undefined> {
    const sla = await this.#store.definitions.read(id);
    if (sla !== null) return await this.adopt(sla);
    this.drop(id);
    return undefined;
  }

  /** Notes that it is not known what is stored of an SLA: an answer was lost, or another replica goes on with it. */
  doubt(entry: SlaEntry): void {
    entry.version = IN_DOUBT;
  }

  /** Holds what is stored where that is in doubt. To be called exclusively. */
  async settle(id: string): Promise<void> {
    if (this.#entries.get(id)?.version === IN_DOUBT) await this.reload(id);
  }

  /**
   * Holds a definition as it was stored; readers go on seeing what they saw, if it is judged alike. To be called
   * exclusively.
   */
  async adopt(sla: Sla): Promise<SlaEntry> {
    const nowMs = this.#time.estimate();
    const fromMs = nowMs - bucketHours(sla) * HOUR_MS;
    const entry = openEntry(sla, await this.#store.progress.load(sla.id, fromMs));
    const before = this.#entries.get(sla.id);
    if (before !== undefined) keepModels(before, entry, nowMs);
    // Readers must not see the verdict of other bounds beside the ones they have just saved.
    entry.view = before !== undefined && verdictKey(before.sla) === verdictKey(sla) ? before.view : null;
    this.#entries.set(sla.id, entry);
    return entry;
  }

  /** Forgets a definition that is gone. To be called exclusively. */
  drop(id: string): void {
    this.#entries.delete(id);
  }
}
