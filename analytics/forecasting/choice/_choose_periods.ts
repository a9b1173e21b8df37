import { findPeriods } from "../../find_periods.ts";
import { describeSteps } from "./_describe_steps.ts";

/** The seasons to try. */
export interface ChosenPeriods {
  /** Steps per season, ascending. */
  readonly periods: readonly number[];
  /** Whether they were given or found, and not only guessed from the calendar. */
  readonly isFounded: boolean;
}

const DAY_MS = 86_400_000;
/** Most found periods that are used, the strongest ones. */
const FOUND_MAX = 3;
/** Cycles that must fit for a season of the calendar to be tried unfound. */
const GUESSED_CYCLES_MIN = 2.5;

/**
 * Given periods, or found ones; those of which there are fewer than two cycles are dropped, with a warning.
 *
 * Where the step is known, the day and the week are tried even where they did not stand out: most of what is measured
 * lives by them, and the backtest tells whether this series does.
 */
export function choosePeriods(
  values: Float64Array,
  options: {
    readonly periods: readonly number[] | undefined;
    readonly stepMs: number | undefined;
    readonly effort: "quick" | "full";
  },
  warnings: string[],
): ChosenPeriods {
  const { length } = values;
  if (options.periods !== undefined) {
    const given = ascending(options.periods.filter((period) => period > 1));
    const usable = given.filter((period) => 2 * period <= length);
    for (const period of given) {
      if (usable.includes(period)) continue;
      warnings.push(
        `The season of ${describeSteps(period, options.stepMs)} is not used: ` +
          `the ${describeSteps(length, options.stepMs)} that are known hold fewer than two of its cycles`,
      );
    }
    return { periods: usable, isFounded: true };
  }
  const { stepMs, effort } = options;
  const found: number[] = [];
  for (const { period } of findPeriods(values, { stepMs }).periods) {
    // Two findings next to each other are one season that is not a whole number of steps.
    const isNew = found.every((other) => Math.abs(other - period) > 1 + 0.02 * other);
    if (isNew && found.length < FOUND_MAX) found.push(period);
  }
  const guessed = stepMs === undefined || effort === "quick" && found.length === 0
    ? []
    : [DAY_MS / stepMs, 7 * DAY_MS / stepMs].filter((period) =>
      Number.isInteger(period) && period > 1 && GUESSED_CYCLES_MIN * period <= length
    );
  return { periods: ascending([...found, ...guessed]), isFounded: found.length > 0 };
}

function ascending(periods: readonly number[]): number[] {
  return [...new Set(periods)].sort((a, b) => a - b);
}
