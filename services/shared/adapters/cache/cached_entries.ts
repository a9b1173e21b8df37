import type { Labels } from "../../domain/labels.ts";
import { exactSelector } from "../../domain/selector.ts";
import type { Clock } from "../../ports/clock.ts";
import type { RangeQuery, RangeReading } from "../../ports/metrics_source.ts";
import { parseExpression } from "../promql/parse_expression.ts";
import { SampleWindow, type TimeRange } from "./sample_window.ts";

/** What is kept of one expression at one step. */
export interface CachedEntry {
  readonly expression: string;
  readonly window: SampleWindow;
  /** A plain selector: its series may be asked for one by one. */
  readonly isSelector: boolean;
  /** The longest window that was asked for. */
  keepMs: number;
  /** Up to here nothing is expected to come late. */
  settledToMs: number;
  fetchedAtMs: number;
  usedAtMs: number;
  /** The request under way. */
  pending: (TimeRange & { readonly outcome: Promise<FetchOutcome> }) | undefined;
}

/** What a request told besides its samples. */
export type FetchOutcome = Pick<RangeReading, "warnings" | "incomplete">;

/** What nobody asked for so long is forgotten. */
const IDLE_MS = 30 * 60_000;
const EXPRESSIONS_MAX = 20_000;

/** The entries of a cache, by expression and step, within bounds. */
export class CachedEntries {
  readonly #clock: Clock;
  readonly #windowMsMax: number;
  readonly #valuesMax: number;
  readonly #entries = new Map<string, CachedEntry>();
  /** Keys of entries by the key of a selector that names all labels of one of their series. */
  readonly #exact = new Map<string, string>();

  constructor(
    options: { readonly clock: Clock; readonly windowMsMax: number; readonly valuesMax: number },
  ) {
    this.#clock = options.clock;
    this.#windowMsMax = options.windowMsMax;
    this.#valuesMax = options.valuesMax;
  }

  /** The expression to read a query by: one that holds the series of an exact selector already, else its own. */
  expressionFor({ expression, stepMs, fromMs }: RangeQuery): string {
    const own = keyOf(expression, stepMs);
    const shared = this.#exact.get(own);
    if (this.#entries.has(own) || shared === undefined) return expression;
    const entry = this.#entries.get(shared);
    const covered = entry?.window.covered;
    return covered !== undefined && covered.fromMs <= fromMs ? entry!.expression : expression;
  }

  /** The entry, anew if the query lies far ahead of it; `null` if it lies too far behind to be kept with it. */
  find(query: RangeQuery): CachedEntry | null {
    const entry = this.#entries.get(keyOf(query.expression, query.stepMs));
    const covered = entry?.window.covered;
    if (entry === undefined || covered === undefined) return entry ?? this.#create(query);
    if (covered.toMs - query.fromMs > this.#windowMsMax) return null;
    if (query.toMs - entry.settledToMs <= this.#windowMsMax || entry.pending !== undefined) return entry;
    this.forget(entry);
    return this.#create(query);
  }

  /** Remembers that the entry's expression reads these series, if one by one they may be asked for. */
  noteSeries(entry: CachedEntry, series: readonly { readonly labels: Labels }[]): void {
    if (!entry.isSelector) return;
    const { expression, window: { stepMs } } = entry;
    for (const { labels } of series) {
      this.#exact.set(keyOf(exactSelector(labels), stepMs), keyOf(expression, stepMs));
    }
  }

  /** Keeps memory bounded: first what is idle, then what was not used for longest; never what was just read. */
  evict(current: CachedEntry): void {
    const nowMs = this.#clock.nowMs();
    let size = 0;
    for (const entry of this.#entries.values()) {
      const isIdle = entry !== current && entry.pending === undefined && nowMs - entry.usedAtMs > IDLE_MS;
      if (isIdle) this.forget(entry);
      else size += entry.window.size;
    }
    const fits = () => size <= this.#valuesMax && this.#entries.size <= EXPRESSIONS_MAX;
    if (fits()) return;
    const oldestFirst = [...this.#entries.values()].sort((a, b) => a.usedAtMs - b.usedAtMs);
    for (const entry of oldestFirst) {
      if (fits()) return;
      if (entry.pending !== undefined && entry !== current) continue;
      size -= entry.window.size;
      this.forget(entry);
    }
  }

  /** Lets go of an entry and of what leads to it. */
  forget({ expression, window }: CachedEntry): void {
    const key = keyOf(expression, window.stepMs);
    this.#entries.delete(key);
    for (const labels of window.labels()) {
      const exact = keyOf(exactSelector(labels), window.stepMs);
      if (this.#exact.get(exact) === key) this.#exact.delete(exact);
    }
  }

  /** Resolves when no request is under way, however they end; then nothing is kept. */
  async clear(): Promise<void> {
    await Promise.allSettled([...this.#entries.values()].map(({ pending }) => pending?.outcome));
    this.#entries.clear();
    this.#exact.clear();
  }

  #create({ expression, stepMs, fromMs, toMs }: RangeQuery): CachedEntry {
    const entry: CachedEntry = {
      expression,
      window: new SampleWindow(stepMs),
      isSelector: parseExpression(expression).kind === "selector",
      keepMs: toMs - fromMs,
      settledToMs: -Infinity,
      fetchedAtMs: -Infinity,
      usedAtMs: this.#clock.nowMs(),
      pending: undefined,
    };
    this.#entries.set(keyOf(expression, stepMs), entry);
    return entry;
  }
}

function keyOf(expression: string, stepMs: number): string {
  return `${stepMs} ${expression}`;
}
