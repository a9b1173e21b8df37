import {
  numbersToJson,
  requireCount,
  requireNumbers,
  requireShare,
  requireSizeOrNull,
} from "../components/_json.ts";
import { createGenerator } from "../../random/_generator.ts";
import type { Errors, ErrorsJson, Outlook } from "./_errors.ts";
import { movesFrom } from "./_moves_from.ts";
import { fitYoung, type YoungFit } from "./_young_fit.ts";
import { centreYoung, createYoungOutlook } from "./_young_outlook.ts";

/** How much counts what the values alone tell, the rest being what was seen from rolling origins. */
export interface YoungShares {
  /** For the ends of intervals. */
  readonly ends: number;
  /** For paths. */
  readonly paths: number;
}

/** Values that are looked at, the newest. */
const VALUES_MAX = 240;
/** So many of them are kept whatever the gaps. */
const OBSERVED_MIN = 20;

/**
 * Errors of a series that is only a few values old: what they tell of its level, slope and memory, and what they
 * leave open. Beside other errors, it is their counterweight while those were seen at a few origins only.
 */
export class YoungErrors implements Errors {
  readonly steps: number;
  readonly #values: number[] = [];
  /** What was seen from rolling origins, where there were any, and how little it counts. */
  readonly #seen: Errors | null;
  readonly #shares: YoungShares;

  constructor(values: ArrayLike<number>, seen: Errors | null, shares: YoungShares) {
    for (let t = 0; t < values.length; t++) this.#keep(values[t]);
    this.#seen = seen;
    this.#shares = shares;
    this.steps = seen?.steps ?? 1;
  }

  get believable(): number {
    return this.#seen?.believable ?? Infinity;
  }

  get surprising(): number {
    const isConstant = new Set(this.#values.filter((value) => value === value)).size === 1;
    return isConstant ? 0 : this.#seen?.surprising ?? Infinity;
  }

  get #fit(): YoungFit {
    const values = this.#values;
    return fitYoung(values.slice(movesFrom(values)));
  }

  observe(error: number, value: number): void {
    this.#keep(value);
    this.#seen?.observe(error, value);
  }

  #keep(value: number): void {
    const values = this.#values;
    values.push(value);
    if (values.length <= VALUES_MAX) return;
    // A gap as long as all that is looked at must not push out what was seen before it: it is shortened.
    const isSparse = values.filter((kept) => kept === kept).length <= OBSERVED_MIN;
    values.splice(isSparse ? values.findIndex((kept) => kept !== kept) : 0, 1);
  }

  centre(mean: Float64Array): void {
    if (this.#seen === null) centreYoung(this.#fit, mean);
  }

  around(mean: Float64Array): Outlook {
    const { ends, paths } = this.#shares;
    const young = createYoungOutlook(this.#fit, mean);
    const seen = this.#seen?.around(mean) ?? null;
    if (seen === null) return young;
    return {
      reach(confidence, horizon) {
        const [own, other] = [young.reach(confidence, horizon), seen.reach(confidence, horizon)];
        const mix = (part: "below" | "above"): Float64Array =>
          own[part].map((reach, k) => ends * reach + (1 - ends) * other[part][k]);
        return { below: mix("below"), above: mix("above") };
      },
      draw(seed, number, path) {
        // A stream apart from those that the paths themselves are drawn from.
        const isYoung = createGenerator(seed, -1 - number).uniform() < paths;
        (isYoung ? young : seen).draw(seed, number, path);
      },
    };
  }

  toJson(): ErrorsJson {
    return {
      kind: "young",
      values: numbersToJson(this.#values),
      ...this.#shares,
      seen: this.#seen?.toJson() ?? null,
    };
  }

  static fromJson(json: ErrorsJson, readErrors: (value: unknown) => Errors): YoungErrors {
    const values = requireNumbers(json.values, "errors.values", requireSizeOrNull);
    requireCount(values.filter((value) => value === value).length, "errors.values.length", 2, VALUES_MAX);
    const seen = json.seen === null ? null : readErrors(json.seen);
    const ends = requireShare(json.ends, "errors.ends");
    return new YoungErrors(values, seen, { ends, paths: requireShare(json.paths, "errors.paths") });
  }
}
