import {
  requireAmount,
  requireCount,
  requireRecord,
  requireSize,
  requireWithin,
  STATE_MAX,
} from "../components/_json.ts";
import { grownBy, paceOf } from "./_pace.ts";

/** Where the values of a series can be: what was seen, and the walls it never crossed. */
export class Bounds {
  #min: number;
  #max: number;
  /** Steps within which they were seen. */
  #steps: number;
  #floor: number;
  #cap: number;
  /** The rate by which it grew geometrically, per step. */
  readonly pace: number;

  constructor(
    seen: { readonly min: number; readonly max: number; readonly steps: number; readonly pace: number },
    floor: number,
    cap: number,
  ) {
    this.#min = seen.min;
    this.#max = seen.max;
    this.#steps = seen.steps;
    this.#floor = floor;
    this.#cap = cap;
    this.pace = seen.pace;
  }

  /** Takes a value that was observed; a wall it crosses was none. */
  observe(value: number): void {
    this.#steps++;
    if (value !== value) return;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    if (value < this.#floor) this.#floor = -Infinity;
    if (value > this.#cap) this.#cap = Infinity;
  }

  /** The value, or the wall it stands behind. */
  clamp(value: number): number {
    return Math.min(this.#cap, Math.max(this.#floor, value));
  }

  /**
   * The value that many steps on, or the edge of the plausible range: what was seen, as much again on either side, and as
   * much again for every time as long as was seen, or a straight line would end at the edge. Where the series grew
   * geometrically it may go on, for as long as was seen.
   */
  clampPlausible(value: number, stepsOn: number): number {
    const range = (this.#max - this.#min) * Math.max(
      1 + stepsOn / Math.max(1, this.#steps - 1),
      grownBy(this.pace, Math.min(stepsOn, this.#steps)),
    );
    return this.clamp(Math.min(this.#max + range, Math.max(this.#min - range, value)));
  }

  /** The clamp as it is now, whatever is observed later. */
  freeze(): (value: number) => number {
    const floor = this.#floor;
    const cap = this.#cap;
    return (value) => Math.min(cap, Math.max(floor, value));
  }

  /** Its state. */
  toJson(): Record<string, number | null> {
    const finite = (value: number): number | null => Number.isFinite(value) ? value : null;
    return {
      min: this.#min,
      max: this.#max,
      steps: this.#steps,
      floor: finite(this.#floor),
      cap: finite(this.#cap),
      pace: this.pace,
    };
  }

  /** Restores it. */
  static fromJson(value: unknown): Bounds {
    const json = requireRecord(value, "bounds");
    const min = requireSize(json.min, "bounds.min");
    const max = requireWithin(json.max, "bounds.max", min, STATE_MAX);
    const steps = requireCount(json.steps, "bounds.steps", 1, Number.MAX_SAFE_INTEGER);
    // JSON has no infinity: where there is no wall, it is stored as null.
    const floor = json.floor === null
      ? -Infinity
      : requireWithin(json.floor, "bounds.floor", -STATE_MAX, min);
    const cap = json.cap === null ? Infinity : requireWithin(json.cap, "bounds.cap", max, STATE_MAX);
    return new Bounds({ min, max, steps, pace: requireAmount(json.pace ?? 0, "bounds.pace") }, floor, cap);
  }
}

/** Share of the observations that must sit at 1 or 100 for it to be a wall. */
const WALL_SHARE = 0.01;

/**
 * Finds the walls a series shows: it never goes below zero, or it is a ratio or percentage that fills up now and then.
 */
export function findBounds(values: Float64Array): Bounds {
  let min = Infinity;
  let max = -Infinity;
  let count = 0;
  for (let t = 0; t < values.length; t++) {
    if (values[t] !== values[t]) continue;
    min = Math.min(min, values[t]);
    max = Math.max(max, values[t]);
    count++;
  }
  let full = 0;
  for (let t = 0; t < values.length; t++) if (values[t] === max) full++;
  const isWall = (max === 1 || max === 100) && min >= 0 && full >= Math.max(2, WALL_SHARE * count);
  const seen = { min, max, steps: values.length, pace: paceOf(values) };
  return new Bounds(seen, min >= 0 ? 0 : -Infinity, isWall ? max : Infinity);
}
