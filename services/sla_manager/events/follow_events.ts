import type { SlaEvent } from "../../shared/domain/sla/sla_event.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { SlaStore } from "../../shared/ports/sla_store.ts";
import type { EventFeed } from "./event_feed.ts";

/** What following needs. */
export interface FollowParts {
  readonly store: SlaStore;
  readonly feed: EventFeed;
  readonly clock: Clock;
  /** The last event known, by sequence; `null` begins with what is yet to come. */
  readonly after: number | null;
  readonly signal: AbortSignal;
}

/** Who is told. */
export interface EventFollower {
  event(event: SlaEvent): Promise<void>;
  /** Called when nothing happened for a while, so that the connection shows that it lives. */
  idle(): Promise<void>;
}

const IDLE_MS = 15_000;
/** What this process stores is told at once; what another replica stores is found by looking. */
const LOOK_MS = 3_000;

/** Tells every event after a given one, in order, none left out and none twice, until the signal aborts. */
export async function followEvents(parts: FollowParts, follower: EventFollower): Promise<void> {
  const { store, feed, clock, signal } = parts;
  let sequence = parts.after ?? (await store.events.list({}, { limit: 1 })).items[0]?.sequence ?? 0;
  // Headers and a first line go out at once, so that a client knows it is connected.
  await follower.idle();
  let quietMs = 0;
  while (!signal.aborted) {
    const news = feed.next(signal);
    const { items, nextCursor } = await store.events.list({ afterSequence: sequence }, { limit: 100 });
    for (const event of items) {
      await follower.event(event);
      sequence = event.sequence;
    }
    if (nextCursor !== null) continue;
    const waiting = new AbortController();
    const pause = clock.sleep(LOOK_MS, AbortSignal.any([signal, waiting.signal])).then(() => "quiet");
    const woken = await Promise.race([news, pause]);
    waiting.abort();
    quietMs = items.length === 0 && woken === "quiet" ? quietMs + LOOK_MS : 0;
    if (quietMs < IDLE_MS || signal.aborted) continue;
    quietMs = 0;
    await follower.idle();
  }
}
