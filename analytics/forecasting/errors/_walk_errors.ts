import { studentQuantile } from "./_student_quantile.ts";
import { createGenerator } from "../../random/_generator.ts";
import type { Errors, ErrorsJson, Outlook } from "./_errors.ts";
import { requireAmount, requireCount } from "../components/_json.ts";

/** Errors of a random walk of which only a few changes were seen: Student's distribution, growing as √k. */
export class WalkErrors implements Errors {
  readonly steps = 1;
  readonly #deviation: number;
  readonly #changes: number;

  constructor(deviation: number, changes: number) {
    this.#deviation = deviation;
    this.#changes = changes;
  }

  observe(): void {
    // A few changes more would not make it a choice: choose again instead.
  }

  around(mean: Float64Array): Outlook {
    const deviation = this.#deviation;
    const changes = this.#changes;
    return {
      reach(confidence, horizon) {
        const half = deviation * studentQuantile(0.5 + confidence / 2, changes);
        const below = Float64Array.from({ length: horizon }, (_, k) => half * Math.sqrt(k + 1));
        return { below, above: below.slice() };
      },
      draw(seed, number, path) {
        // A constant series has one path, however many changes were seen: they may be a day of seconds.
        if (deviation === 0) {
          path.set(mean.subarray(0, path.length));
          return;
        }
        const random = createGenerator(seed, number);
        // One uncertain deviation per path makes every step Student's.
        let squares = 0;
        for (let i = 0; i < changes; i++) squares += random.normal() ** 2;
        const drawn = deviation * Math.sqrt(changes / Math.max(squares, 1e-12));
        let sum = 0;
        for (let k = 0; k < path.length; k++) {
          sum += drawn * random.normal();
          path[k] = mean[k] + sum;
        }
      },
    };
  }

  toJson(): ErrorsJson {
    return { kind: "walk", deviation: this.#deviation, changes: this.#changes };
  }

  static fromJson(json: ErrorsJson): WalkErrors {
    const changes = requireCount(json.changes, "errors.changes", 1, 1e9);
    return new WalkErrors(requireAmount(json.deviation, "errors.deviation"), changes);
  }
}
