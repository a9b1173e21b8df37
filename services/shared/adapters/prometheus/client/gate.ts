/** Lets at most so many tasks run at once, the others wait in order. */
export interface Gate {
  run<Result>(task: () => Promise<Result>): Promise<Result>;
}

/** Creates a gate for `tasksMax` tasks at once. The callers bound how many wait: each of them holds one task. */
export function createGate(tasksMax: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async run(task) {
      if (running >= tasksMax) await new Promise<void>((resolve) => waiting.push(resolve));
      else running++;
      try {
        return await task();
      } finally {
        // The place is handed over, so that nobody slips in between.
        const next = waiting.shift();
        if (next === undefined) running--;
        else next();
      }
    },
  };
}
