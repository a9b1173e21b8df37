import { exactSelector } from "../../domain/selector.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MetricsSource, RangeQuery, RangeReading } from "../../ports/metrics_source.ts";
import { requireRange } from "../require_range.ts";
import { CachedEntries, type CachedEntry } from "./cached_entries.ts";
import type { TimeRange } from "./sample_window.ts";

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
/** Each turn of a reader waits for another's request; more turns than this mean that something is wrong. */
const TURNS_MAX = 16;

/**
 * Reads samples once: another source behind a window of samples per expression and step.
 *
 * Each read asks the other source for what is missing alone: the tail, with a small overlap for late samples, or what
 * came before when a longer window is asked for. Equal reads at the same time share one request. Samples that come
 * later than the overlap (history imported afterwards) are not seen until the expression is forgotten. A selector
 * that names all labels of a series is answered from whatever plain selector reads that series already.
 */
export function createCachedSource(source: MetricsSource, options: CachedSourceOptions): MetricsSource {
  const { clock, windowMsMax = 26 * HOUR, valuesMax = 32_000_000, overlapSteps = 3 } = options;
  const entries = new CachedEntries({ clock, windowMsMax, valuesMax });
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
    const expression = entries.expressionFor(query);
    const reading = await readKept({ ...query, expression }, signal);
    if (reading === null) return await source.read(query, signal);
    if (expression === query.expression) return reading;
    const own = reading.series.filter(({ labels }) => exactSelector(labels) === query.expression);
    return { ...reading, series: own };
  }

  /** Reads from what is kept, after asking for what of it is missing; `null` if that cannot be. */
  async function readKept(query: RangeQuery, signal?: AbortSignal): Promise<RangeReading | null> {
    for (let turn = 0; turn < TURNS_MAX; turn++) {
      signal?.throwIfAborted();
      const entry = entries.find(query);
      if (entry === null) return null;
      entry.usedAtMs = clock.nowMs();
      entry.keepMs = Math.max(entry.keepMs, query.toMs - query.fromMs);
      const missing = missingRange(entry, query, clock.nowMs());
      if (missing === null) return { series: entry.window.read(query), warnings: [], incomplete: false };
      const pending = entry.pending ??= request(entry, missing);
      const outcome = await orAborted(pending.outcome, signal);
      const answered = pending.fromMs <= missing.fromMs && pending.toMs >= missing.toMs;
      if (answered) return { series: entry.window.read(query), ...outcome };
    }
    return null;
  }

  function request(entry: CachedEntry, range: TimeRange): NonNullable<CachedEntry["pending"]> {
    const { expression, window: { stepMs } } = entry;
    // The reader whose call this is may go away; the others that wait for it shall not suffer.
    const outcome = (async () => {
      try {
        skewMs ??= await source.nowMs(closing.signal) - clock.nowMs();
        const nowMs = clock.nowMs() + skewMs;
        const reading = await source.read({ expression, stepMs, ...range }, closing.signal);
        keep(entry, range, { reading, nowMs });
        return { warnings: reading.warnings, incomplete: reading.incomplete };
      } catch (error) {
        // What never answered, a misspelt expression above all, leaves nothing behind.
        if (entry.window.covered === undefined) entries.forget(entry);
        throw error;
      } finally {
        entry.pending = undefined;
      }
    })();
    // Whoever waits handles it; without a waiter nobody needs to.
    outcome.catch(() => {});
    return { ...range, outcome };
  }

  /** Puts what was read into the window; `nowMs` is the source's when it was asked. */
  function keep(
    entry: CachedEntry,
    range: TimeRange,
    { reading, nowMs }: { readonly reading: RangeReading; readonly nowMs: number },
  ): void {
    const { window, keepMs } = entry;
    const { stepMs } = window;
    window.add(range, reading, Math.min(keepMs + overlapSteps * stepMs, windowMsMax));
    if (!reading.incomplete) {
      const settledMs = (Math.floor(nowMs / stepMs) - overlapSteps) * stepMs;
      entry.settledToMs = Math.min(window.covered!.toMs, settledMs);
      if (range.toMs >= window.covered!.toMs) entry.fetchedAtMs = clock.nowMs();
    }
    entries.noteSeries(entry, reading.series);
    entries.evict(entry);
  }

  return {
    name: source.name,
    ping: (signal) => source.ping(signal),
    nowMs,
    discover: (selection, signal) => source.discover(selection, signal),
    inspect: (expression, signal) => source.inspect(expression, signal),
    read,
    async [Symbol.asyncDispose]() {
      closing.abort(new Error("The source was closed"));
      await entries.clear();
      await source[Symbol.asyncDispose]();
    },
  };
}

/** What has to be asked for so that the query can be answered; one range, as what is covered is one. */
function missingRange(entry: CachedEntry, query: RangeQuery, nowMs: number): TimeRange | null {
  const { fromMs, toMs, stepMs } = query;
  const { covered } = entry.window;
  if (covered === undefined) return { fromMs, toMs };
  const freshMs = Math.min(5_000, Math.max(250, stepMs / 4));
  const isFresh = toMs <= covered.toMs && nowMs - entry.fetchedAtMs < freshMs;
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
