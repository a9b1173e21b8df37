import { useCallback, useEffect, useRef, useState } from "preact/hooks";

/** Something read from a service again and again: the last good answer, and what is wrong now. */
export interface Live<Value> {
  readonly value: Value | undefined;
  /** Set while the newest attempt failed; the value then is the last good one. */
  readonly error: Error | undefined;
  /** When the value came, epoch ms. */
  readonly loadedAtMs: number | undefined;
  /** Asks again now. */
  refresh(): void;
}

/**
 * Reads `load` now and every `everyMs`, while the tab is visible. A new `key` starts over; a failed attempt keeps the
 * last good answer and says so, so that a stopped service shows what is stale instead of nothing.
 */
export function useLive<Value>(
  key: string,
  load: (signal: AbortSignal) => Promise<Value>,
  everyMs = 15_000,
): Live<Value> {
  const [answer, setAnswer] = useState<Answer<Value>>({ key });
  const [turn, setTurn] = useState(0);
  const newest = useRef(load);
  newest.current = load;

  useEffect(() => {
    const stop = new AbortController();
    async function ask(): Promise<void> {
      if (document.hidden) return;
      try {
        const value = await newest.current(stop.signal);
        if (!stop.signal.aborted) setAnswer({ key, value, loadedAtMs: Date.now() });
      } catch (error) {
        if (stop.signal.aborted) return;
        const failure = error instanceof Error ? error : new Error(String(error));
        setAnswer((before) => before.key === key ? { ...before, error: failure } : { key, error: failure });
      }
    }
    ask();
    const timer = setInterval(ask, everyMs);
    document.addEventListener("visibilitychange", ask);
    return () => {
      stop.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [key, everyMs, turn]);

  const refresh = useCallback(() => setTurn((n) => n + 1), []);
  const { value, error, loadedAtMs } = answer.key === key ? answer : {} as Answer<Value>;
  return { value, error, loadedAtMs, refresh };
}

interface Answer<Value> {
  readonly key: string;
  readonly value?: Value;
  readonly error?: Error;
  readonly loadedAtMs?: number;
}
