// @ts-types="@types/cli-progress"
import { SingleBar } from "cli-progress";

/** What takes time, shown on standard error while it does: `using progress = openProgress("…")`. */
export interface Progress extends Disposable {
  /** Shows how far it is; `what` replaces the words. */
  update(done: number, total: number, what?: string): void;
}

const CELLS = 24;

/**
 * Shows that something goes on: seconds until its size is known, then a bar. On a terminal it is written over and
 * goes away at the end; elsewhere there is a line at the begin, at the end and every two seconds between.
 */
export function openProgress(words: string): Progress {
  const bar = new SingleBar({
    format: (_options, { value, total, startTime, maxWidth }, { what }) => {
      if (total === 0) return `${what} … ${Math.round((Date.now() - startTime) / 1_000)} s`;
      const filled = Math.round(CELLS * value / total);
      // A line that wraps could not be written over.
      return `[${"█".repeat(filled)}${"·".repeat(CELLS - filled)}] ${value}/${total} ${what}`.slice(
        0,
        maxWidth,
      );
    },
    noTTYOutput: true,
    clearOnComplete: true,
    linewrap: true,
  });
  bar.start(0, 0, { what: words });
  return {
    update(done, total, what = words) {
      bar.setTotal(total);
      bar.update(done, { what });
    },
    [Symbol.dispose]: () => bar.stop(),
  };
}
