import {
  requireAmount,
  requireCount,
  requireRecord,
  requireSize,
  requireWithin,
  STATE_MAX,
} from "../components/_json.ts";
import { grownBy, paceOf } from "./_pace.ts";

/** What was seen, and what follows from it. */
interface Seen {
  min: number;
  max: number;
  /** Steps within which they were seen. */
  steps: number;
  /** The walls; infinite where there is none. */
  floor: number;
  cap: number;
  /** The rate by which it grew geometrically, per step. */
  readonly pace: number;
}

/** Where the values of a series can be: what was seen, and the walls it never crossed. */
export class Bounds {
  readonly #seen: Seen;

  constructor(seen: Seen) {
    this.#seen = seen;
  }

  /** The rate by which the series grew geometrically, per step. */
  get pace(): number {
    return this.#seen.pace;
  }

  /** Takes a value that was observed; a wall it crosses was none. */
  observe(value: number): void {
    const seen = this.#seen;
    seen.steps++;
    if (value !== value) return;
    seen.min = Math.min(seen.min, value);
    seen.max = Math.max(seen.max, value);
    if (value < seen.floor) seen.floor = -Infinity;
    if (value > seen.cap) seen.cap = Infinity;
  }

  /**
   * The value that many steps on, or the edge of the plausible range: what was seen, as much again on either side,
   * and as much again for every time as long as was seen, or a straight line would end at the edge. Where the series
   * grew geometrically it may go on, for as long as was seen. Never beyond a wall.
   */
  clampPlausible(value: number, stepsOn: number): number {
    const { min, max, steps, floor, cap, pace } = this.#seen;
    if (value > min && value < max) return value;
    const range = (max - min) * Math.max(
      1 + stepsOn / Math.max(1, steps - 1),
      grownBy(pace, Math.min(stepsOn, steps)),
    );
    return Math.min(cap, Math.max(floor, Math.min(max + range, Math.max(min - range, value))));
  }

  /** How values are kept within the walls as they are now, whatever is observed later. */
  freeze(): (value: number) => number {
    const { floor, cap } = this.#seen;
    return (value) => Math.min(cap, Math.max(floor, value));
  }

  /** Its state. */
  toJson(): Record<string, number | null> {
    const finite = (value: number): number | null => Number.isFinite(value) ? value : null;
    const { floor, cap } = this.#seen;
    return { ...this.#seen, floor: finite(floor), cap: finite(cap) };
  }

  /** Restores it. */
  static fromJson(value: unknown): Bounds {
    const json = requireRecord(value, "bounds");
    const min = requireSize(json.min, "bounds.min");
    const max = requireWithin(json.max, "bounds.max", min, STATE_MAX);
    const steps = requireCount(json.steps, "bounds.steps", 1);
    // JSON has no infinity: where there is no wall, it is stored as null.
    const floor = json.floor === null
      ? -Infinity
      : requireWithin(json.floor, "bounds.floor", -STATE_MAX, min);
    const cap = json.cap === null ? Infinity : requireWithin(json.cap, "bounds.cap", max, STATE_MAX);
    return new Bounds({ min, max, steps, floor, cap, pace: requireAmount(json.pace ?? 0, "bounds.pace") });
  }
}

/** Share of the observations that must sit at 1 or 100 for it to be a wall. */
const WALL_SHARE = 0.01;

/**
 * Finds the walls a series shows: it never goes below zero, or it is a ratio or percentage that fills up now and then.
 *
 * @param unit What the values are multiples of.
 */
export function findBounds(values: Float64Array, unit: number): Bounds {
  const observed = values.filter((value) => value === value);
  const min = observed.reduce((least, value) => Math.min(least, value));
  const max = observed.reduce((most, value) => Math.max(most, value));
  const full = observed.filter((value) => value === max).length;
  const isWall = (max * unit === 1 || max * unit === 100) && min >= 0 &&
    full >= Math.max(2, WALL_SHARE * observed.length);
  const floor = min >= 0 ? 0 : -Infinity;
  const cap = isWall ? max : Infinity;
  return new Bounds({ min, max, steps: values.length, floor, cap, pace: paceOf(values) });
}
