/** What to do with what may be noted again and again. */
export interface RepeatsOptions<What> {
  /** The first of its kind, at once. */
  readonly tellFirst: (what: What) => void;
  /** How many more there were since it was told, and the last of them. */
  readonly tellMore: (last: What, times: number) => void;
  /** How long is counted before it is told again. */
  readonly everyMs: number;
  readonly nowMs: () => number;
}

/** Tells the first of a kind at once, then how many more there were: an outage must not drown what else is logged. */
export interface Repeats<What> {
  /** Tells it, or counts it where one of its kind was told lately. */
  note(kind: string, what: What): void;
  /** Tells what was counted, once it is time; to be called now and then. */
  flush(): void;
}

interface Told<What> {
  toldAtMs: number;
  /** Since it was told. */
  times: number;
  last: What;
}

const KINDS_MAX = 100;

/** Begins to count. */
export function countRepeats<What>(options: RepeatsOptions<What>): Repeats<What> {
  const { tellFirst, tellMore, everyMs, nowMs } = options;
  const told = new Map<string, Told<What>>();

  function flush(): void {
    for (const [kind, each] of told) {
      // A clock that was set back must not silence it.
      if (Math.abs(nowMs() - each.toldAtMs) < everyMs) continue;
      if (each.times === 0) {
        told.delete(kind);
        continue;
      }
      tellMore(each.last, each.times);
      Object.assign(each, { toldAtMs: nowMs(), times: 0 });
    }
  }

  return {
    flush,
    note(kind, what) {
      flush();
      const known = told.get(kind);
      if (known !== undefined) {
        Object.assign(known, { times: known.times + 1, last: what });
        return;
      }
      tellFirst(what);
      if (told.size >= KINDS_MAX) told.clear();
      told.set(kind, { toldAtMs: nowMs(), times: 0, last: what });
    },
  };
}
