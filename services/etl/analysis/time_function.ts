import type { FunctionKind, FunctionTiming } from "./analysis_job.ts";

/** Runs a library function and notes how long it took, whether it throws or not. */
export type TimeFunction = <Result>(name: string, kind: FunctionKind, run: () => Result) => Result;

/** Creates a stopwatch that notes into `timings`. */
export function createStopwatch(timings: FunctionTiming[]): TimeFunction {
  return (name, kind, run) => {
    const startMs = performance.now();
    try {
      return run();
    } finally {
      timings.push({ name, kind, durationMs: performance.now() - startMs });
    }
  };
}
