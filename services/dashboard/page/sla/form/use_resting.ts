import { useEffect, useState } from "preact/hooks";

/** Whether a text has rested for so long: while it is typed, what is wrong with it may be what is still to come. */
export function useResting(text: string, restMs: number): boolean {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text, restMs]);
  return rested === text;
}
