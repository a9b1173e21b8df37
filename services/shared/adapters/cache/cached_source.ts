import { exactSelector } from "../../domain/selector.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MetricsSource, RangeQuery, RangeReading } from "../../ports/metrics_source.ts";
import { parseExpression } from "../promql/parse_expression.ts";
import { requireRange } from "../require_range.ts";
import { SampleWindow, type TimeRange } from "./sample_window.ts";

/** What to keep. */
export interface CachedSourceOptions {
  readonly clock: Clock;
  /** Longest window kept per expression; longer reads are not cached. @default 26 h */
  readonly windowMsMax?: number;
  /** Most values kept in all; beyond, what was not used for longest goes. @default 32,000,000 (256 MB) */
  readonly valuesMax?: number;
  /** Newest steps that are read again, for samples that came late. @default 3 */
  readonly overlapSteps?: number;
}

const HOUR = 3_600_000;
/** What nobody asked for so long is forgotten. */
const IDLE_MS = 30 * 60_000;
const EXPRESSIONS_MAX = 20_000;
/** Each turn of a reader waits for another's request; more turns than this mean that something is wrong. */
const TURNS_MAX = 16;

interface Entry {
  readonly window: SampleWindow;
  /** A plain selector: its series may be asked for one by one. */
  readonly isSelector: boolean;
  keepMs: number;
  /** Up to here nothing is expected to come late. */
  settledToMs: number;
  fetchedAtMs: number;
  usedAtMs: number;
  pending: (TimeRange & { readonly outcome: Promise<Outcome> }) | undefined;
}

type Outcome = Pick<RangeReading, "warnings" | "incomplete">;

/**
 * Reads samples once: another source behind a window of samples per expression and step.
 *
 * Each read asks the other source for what is missing alone: the tail, with a small overlap for late samples, or what
 * came before when a longer window is asked for. Equal reads at the same time share one request. Samples that come
 * later than the overlap (history imported afterwards) are not seen until the expression is forgotten. A selector that
 * names all labels of a series is answered from whatever plain selector reads that series already.
 */
export function createCachedSource(source: MetricsSource, options: CachedSourceOptions): MetricsSource {
  const { clock, windowMsMax = 26 * HOUR, valuesMax = 32_000_000, overlapSteps = 3 } = options;
  const entries = new Map<string, Entry>();
  const exact = new Map<string, string>();
  const closing = new AbortController();
  let skewMs: number | undefined;

  async function nowMs(signal?: AbortSignal): Promise<number> {
    const now = await source.nowMs(signal);
    skewMs = now - clock.nowMs();
    return now;
  }

  async function read(query: RangeQuery, signal?: AbortSignal): Promise<RangeReading> {
    requireRange(query);
    if (query.toMs - query.fromMs > windowMsMax || dependsOnRange(query.expression)) {
      return await source.read(query, signal);
    }
    const { key, label } = findKey(query);
    const reading = await readEntry(key, query, signal);
    if (label === undefined) return reading;
    return { ...reading, series: reading.series.filter(({ labels }) => exactSelector(labels) === label) };
  }

  /** The entry that holds the series of an exact selector already, else the expression's own. */
  function findKey({ expression, stepMs, fromMs }: RangeQuery): { key: string; label?: string } {
    const own = keyOf(expression, stepMs);
    if (entries.has(own)) return { key: own };
    const shared = exact.get(own);
    const covered = shared === undefined ? undefined : entries.get(shared)?.window.covered;
    return covered !== undefined && covered.fromMs <= fromMs
      ? { key: shared!, label: expression }
      : { key: own };
  }

  async function readEntry(key: string, query: RangeQuery, signal?: AbortSignal): Promise<RangeReading> {
    for (let turn = 0; turn < TURNS_MAX; turn++) {
      signal?.throwIfAborted();
      const entry = findEntry(key, query);
      if (entry === null) return await source.read(query, signal);
      entry.usedAtMs = clock.nowMs();
      entry.keepMs = Math.max(entry.keepMs, query.toMs - query.fromMs);
      const missing = missingRange(entry, query);
      if (missing === null) return { series: entry.window.read(query), warnings: [], incomplete: false };
      const pending = entry.pending ??= fetchRange(key, entry, query, missing);
      const outcome = await orAborted(pending.outcome, signal);
      const answered = pending.fromMs <= missing.fromMs && pending.toMs >= missing.toMs;
      if (answered) return { series: entry.window.read(query), ...outcome };
    }
    return await source.read(query, signal);
  }

  function fetchRange(
    key: string,
    entry: Entry,
    query: RangeQuery,
    range: TimeRange,
  ): NonNullable<Entry["pending"]> {
    // The reader whose call this is may go away; the others that wait for it shall not suffer.
    const outcome = (async () => {
      try {
        skewMs ??= await source.nowMs(closing.signal) - clock.nowMs();
        const expression = key.slice(key.indexOf(" ") + 1);
        const nowMs = clock.nowMs() + skewMs;
        const reading = await source.read({ expression, stepMs: query.stepMs, ...range }, closing.signal);
        store(key, entry, range, reading, nowMs);
        return { warnings: reading.warnings, incomplete: reading.incomplete };
      } catch (error) {
        // What never answered, a misspelt expression above all, leaves nothing behind.
        if (entry.window.covered === undefined) forget(key, entry);
        throw error;
      } finally {
        entry.pending = undefined;
      }
    })();
    // Whoever waits handles it; without a waiter nobody needs to.
    outcome.catch(() => {});
    return { ...range, outcome };
  }

  function store(key: string, entry: Entry, range: TimeRange, reading: RangeReading, nowMs: number): void {
    const { window } = entry;
    const { stepMs } = window;
    window.add(range, reading, Math.min(entry.keepMs + overlapSteps * stepMs, windowMsMax));
    if (!reading.incomplete) {
      const settledMs = (Math.floor(nowMs / stepMs) - overlapSteps) * stepMs;
      entry.settledToMs = Math.min(window.covered!.toMs, settledMs);
      if (range.toMs >= window.covered!.toMs) entry.fetchedAtMs = clock.nowMs();
    }
    if (entry.isSelector) {
      for (const { labels } of reading.series) exact.set(keyOf(exactSelector(labels), stepMs), key);
    }
    evict(key);
  }

  /** What has to be asked for so that the query can be answered; one range, as what is covered is one. */
  function missingRange(entry: Entry, { fromMs, toMs, stepMs }: RangeQuery): TimeRange | null {
    const { covered } = entry.window;
    if (covered === undefined) return { fromMs, toMs };
    const freshMs = Math.min(5_000, Math.max(250, stepMs / 4));
    const isFresh = toMs <= covered.toMs && clock.nowMs() - entry.fetchedAtMs < freshMs;
    const lacksHead = fromMs < covered.fromMs;
    const lacksTail = toMs > entry.settledToMs && !isFresh;
    if (!lacksHead && !lacksTail) return null;
    if (lacksHead && lacksTail) return { fromMs, toMs };
    if (lacksHead) return { fromMs, toMs: covered.fromMs };
    return {
      fromMs: Math.max(covered.fromMs, Math.min(entry.settledToMs, toMs - stepMs)),
      toMs: Math.max(toMs, covered.toMs),
    };
  }

  /** The entry, anew if the query lies far ahead of it; `null` if it lies too far behind to be kept with it. */
  function findEntry(key: string, query: RangeQuery): Entry | null {
    const entry = entries.get(key);
    const covered = entry?.window.covered;
    if (entry === undefined || covered === undefined) return entry ?? createEntry(key, query);
    if (covered.toMs - query.fromMs > windowMsMax) return null;
    if (query.toMs - entry.settledToMs <= windowMsMax || entry.pending !== undefined) return entry;
    forget(key, entry);
    return createEntry(key, query);
  }

  function createEntry(key: string, { expression, stepMs, fromMs, toMs }: RangeQuery): Entry {
    const entry: Entry = {
      window: new SampleWindow(stepMs),
      isSelector: parseExpression(expression).kind === "selector",
      keepMs: toMs - fromMs,
      settledToMs: -Infinity,
      fetchedAtMs: -Infinity,
      usedAtMs: clock.nowMs(),
      pending: undefined,
    };
    entries.set(key, entry);
    return entry;
  }

  /** Keeps memory bounded: first what is idle, then what was not used for longest; never what was just read. */
  function evict(current: string): void {
    const nowMs = clock.nowMs();
    let size = 0;
    for (const [key, entry] of entries) {
      if (key !== current && entry.pending === undefined && nowMs - entry.usedAtMs > IDLE_MS) {
        forget(key, entry);
      } else size += entry.window.size;
    }
    if (size <= valuesMax && entries.size <= EXPRESSIONS_MAX) return;
    const oldestFirst = [...entries].sort(([, a], [, b]) => a.usedAtMs - b.usedAtMs);
    for (const [key, entry] of oldestFirst) {
      if (size <= valuesMax && entries.size <= EXPRESSIONS_MAX) return;
      if (entry.pending !== undefined && key !== current) continue;
      size -= entry.window.size;
      forget(key, entry);
    }
  }

  function forget(key: string, entry: Entry): void {
    entries.delete(key);
    for (const labels of entry.window.labels()) {
      const alias = keyOf(exactSelector(labels), entry.window.stepMs);
      if (exact.get(alias) === key) exact.delete(alias);
    }
  }

  return {
    ping: (signal) => source.ping(signal),
    nowMs,
    discover: (selection, signal) => source.discover(selection, signal),
    inspect: (expression, signal) => source.inspect(expression, signal),
    read,
    async [Symbol.asyncDispose]() {
      closing.abort(new Error("The source was closed"));
      await Promise.allSettled([...entries.values()].map(({ pending }) => pending?.outcome));
      entries.clear();
      exact.clear();
      await source[Symbol.asyncDispose]();
    },
  };
}

function keyOf(expression: string, stepMs: number): string {
  return `${stepMs} ${expression}`;
}

/** `@ start()` and `@ end()` make a value depend on the range it is read in: such are never pieced together. */
function dependsOnRange(expression: string): boolean {
  return /@\s*(?:start|end)\b/.test(expression);
}

function orAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
