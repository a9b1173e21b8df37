import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "./api/request.ts";
import { serviceNowMs } from "./clock.ts";

/** Something read from a service again and again: the last good answer, and what is wrong now. */
export interface Live<Value> {
  readonly value: Value | undefined;
  /** Set while the newest attempt failed; the value then is the last good one. */
  readonly error: Error | undefined;
  /** When the value came, epoch ms of the services. */
  readonly loadedAtMs: number | undefined;
  /** Asks again now. */
  refresh(): void;
}

/** Answers kept when their page is left, so that going back shows them at once. */
const KEPT_MAX = 100;
const kept = new Map<string, Answer<unknown>>();

function keep<Value>(answer: Answer<Value>): void {
  kept.delete(answer.key);
  kept.set(answer.key, answer);
  for (const key of kept.keys()) {
    if (kept.size <= KEPT_MAX) break;
    kept.delete(key);
  }
}

/**
 * Those whose newest attempt got no answer at all: once any other gets one they ask again, long before their turn.
 */
const unanswered = new Set<() => void>();

/** Those whose newest attempt failed for want of something behind the service, such as the source of samples. */
const unserved = new Set<() => void>();

/** Asks again for what failed while something was down, as it is no longer: it need not stay stale until its turn. */
export function askUnservedAgain(): void {
  askAgain(unserved);
}

function askAgain(failed: Set<() => void>): void {
  const waiting = [...failed];
  failed.clear();
  for (const ask of waiting) ask();
}

function forget(ask: () => void): void {
  unanswered.delete(ask);
  unserved.delete(ask);
}

/**
 * Reads `load` now and every `everyMs`, while the tab is visible. A new `key` starts over; a failed attempt keeps the
 * last good answer and says so, so that a stopped service shows what is stale instead of nothing.
 *
 * Keys that are the same up to a `?` speak of the same thing: the answer for one stays until that for the other is
 * there, so that zooming a chart does not take it away; where it would be taken for an answer to what is asked now,
 * as with another horizon, no `?` is to be. What was read before the page was left shows until the new answer comes.
 */
export function useLive<Value>(
  key: string,
  load: (signal: AbortSignal) => Promise<Value>,
  everyMs = 15_000,
): Live<Value> {
  const [answer, setAnswer] = useState<Answer<Value>>(() => (kept.get(key) ?? { key }) as Answer<Value>);
  const [turn, setTurn] = useState(0);
  const newest = useRef(load);
  newest.current = load;

  useEffect(() => {
    const stop = new AbortController();
    async function ask(): Promise<void> {
      if (document.hidden) return;
      try {
        const value = await newest.current(stop.signal);
        if (stop.signal.aborted) return;
        const answered = { key, value, loadedAtMs: serviceNowMs() };
        keep(answered);
        setAnswer(answered);
        forget(ask);
        askAgain(unanswered);
      } catch (error) {
        if (stop.signal.aborted) return;
        const failure = error instanceof Error ? error : new Error(String(error));
        if (failure instanceof ApiError && failure.status === 0) unanswered.add(ask);
        if (failure instanceof ApiError && failure.status >= 502) unserved.add(ask);
        setAnswer((before) => ({
          ...(subjectOf(before.key) === subjectOf(key)
            ? before
            : (kept.get(key) ?? { key }) as Answer<Value>),
          error: failure,
        }));
      }
    }
    ask();
    const timer = setInterval(ask, everyMs);
    document.addEventListener("visibilitychange", ask);
    return () => {
      stop.abort();
      forget(ask);
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [key, everyMs, turn]);

  const refresh = useCallback(() => setTurn((n) => n + 1), []);
  const current = subjectOf(answer.key) === subjectOf(key)
    ? answer
    : (kept.get(key) ?? { key }) as Answer<Value>;
  return { value: current.value, error: current.error, loadedAtMs: current.loadedAtMs, refresh };
}

function subjectOf(key: string): string {
  return key.split("?")[0];
}

interface Answer<Value> {
  readonly key: string;
  readonly value?: Value;
  readonly error?: Error;
  readonly loadedAtMs?: number;
}
