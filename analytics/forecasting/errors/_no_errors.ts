import type { Errors, ErrorsJson, Outlook } from "./_errors.ts";

/** Errors of a series that never changed: none are expected. */
export class NoErrors implements Errors {
  readonly steps = 1;
  readonly believable = Infinity;

  observe(): void {
    // The first change would not make it a choice: choose again instead.
  }

  around(mean: Float64Array): Outlook {
    return {
      reach: (_confidence, horizon) => ({
        below: new Float64Array(horizon),
        above: new Float64Array(horizon),
      }),
      draw: (_seed, _number, path) => path.set(mean.subarray(0, path.length)),
    };
  }

  toJson(): ErrorsJson {
    return { kind: "none" };
  }
}
