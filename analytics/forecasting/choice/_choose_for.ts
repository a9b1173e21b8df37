import type { Forecaster } from "../../forecaster_model.ts";
import { summarize } from "../../summarize.ts";
import { alignLevels } from "./_align_levels.ts";
import { findBounds } from "../limits/_bounds.ts";
import { choose } from "./_choose.ts";
import { choosePeriods } from "./_choose_periods.ts";
import { movesFrom } from "../errors/_moves_from.ts";
import { createSettle } from "../limits/_settle.ts";
import { ChosenForecaster } from "./_chosen_forecaster.ts";
import { fallBack } from "./_fall_back.ts";
import { YoungErrors } from "../errors/_young_errors.ts";
import { findLattice } from "../limits/_lattice.ts";
import { selectSmallest } from "../../series/_select_smallest.ts";
import { scaleUp, unitOf } from "../../series/_unit.ts";

/** The checked options of `chooseForecaster`. */
export interface ChooseForOptions {
  readonly periods: readonly number[] | undefined;
  readonly stepMs: number | undefined;
  readonly confidence: number;
  readonly effort: "quick" | "full";
  readonly horizon: number | undefined;
}

/** Fewest observations a choice can be based on. */
const OBSERVATIONS_MIN = 20;

/** One value this many times as far out as all others reach is a glitch. */
const GLITCH = 10;

/** So far ahead a sixth of a series is long enough to try a method; further, it takes a twelfth. */
const TRIED_STEPS = 240;

/** Jumps of the level are no part of a forecast where they are this many horizons apart on average. */
const RARE_HORIZONS = 10;

/** So many values are few: up to the first what they tell alone sets the intervals, from the last on it does not. */
const YOUNG_VALUES = [80, 240] as const;
/**
 * The same of horizons that fit into them, for paths, which are judged by bounds that are often values that were
 * seen.
 */
const YOUNG_HORIZONS = [3, 8] as const;

/** Chooses on values of usual size: they are divided by a power of two, which costs no digit. */
export function chooseFor(all: Float64Array, options: ChooseForOptions): Forecaster {
  const known = withoutGlitch(all);
  // Before its first value a series was not there: nothing is missing of it, and nothing to be tried on.
  const born = known.findIndex((value) => value === value);
  // After its last value there is nothing to learn from: the forecaster is told that values are missing.
  const end = 1 + known.findLastIndex((value) => value === value);
  return chooseBetween(known, [born, movesFrom(known), end], options).update(
    all.subarray(end),
  );
}

/** The highest and the lowest value count as missing where they are out of all proportion to the others. */
function withoutGlitch(all: Float64Array): Float64Array {
  const seen = all.filter((value) => value === value);
  const { length } = seen;
  const [low, high] = [1, length - 2].map((rank) => selectSmallest(seen, length, rank));
  const reach = GLITCH * (high - low);
  return reach > 0 && length > OBSERVATIONS_MIN
    ? all.map((value) => value < low - reach || value > high + reach ? NaN : value)
    : all;
}

function chooseBetween(
  all: Float64Array,
  [born, first, end]: readonly [number, number, number],
  options: ChooseForOptions,
): Forecaster {
  const given = all.subarray(first, end);
  const unit = unitOf(given);
  const lattice = findLattice(given);
  const values = given.map((value) => value / unit);
  const { confidence, effort } = options;
  const warnings: string[] = [];
  const bounds = findBounds(values, unit);
  const common = { bounds, confidence, unit, lattice };
  const observed = values.filter((value) => value === value);
  const length = all.length - first;
  if (observed.length < length) {
    warnings.push(
      `${length - observed.length} of ${length} values are missing or glitches, and were skipped`,
    );
  }
  if (first > born) {
    warnings.push(
      `Constant for ${first - born + 2} steps: only what came since counts`,
    );
  }
  const isConstant = observed.every((value) => value === observed[0]);
  if (isConstant || observed.length < OBSERVATIONS_MIN) {
    const whole = all.subarray(born, end).map((value) => value / unit);
    return fallBack({ values: whole, observed, isConstant, warnings, common });
  }
  const { periods, isFounded } = choosePeriods(values, options, warnings);
  const wanted = options.horizon ?? (periods.length > 0 ? Math.max(10, Math.min(48, 2 * periods[0])) : 10);
  // What is further ahead was tried too seldom, if at all; there the errors are continued.
  const horizon = Math.max(1, Math.min(wanted, triedSteps(values.length)));
  const most = Math.max(1, Math.floor(values.length / (RARE_HORIZONS * horizon)));
  // While the season is a guess, what looks like a new level may be part of a longer one.
  const { values: aligned, jumps } = isFounded || periods.length === 0
    ? alignLevels(values, most, periods.at(-1) ?? 1)
    : { values, jumps: [] };
  if (jumps.length > 0) {
    warnings.push(
      `The level jumped at value ${
        jumps.map((jump) => jump + first).join(" and ")
      }: what was before counts as at the present level`,
    );
  }
  const choice = choose({
    values: aligned,
    periods,
    isFounded,
    stepMs: options.stepMs,
    horizon,
    effort,
    confidence,
    bounds: jumps.length > 0 ? findBounds(aligned, unit) : bounds,
    settle: createSettle(bounds, unit, lattice),
  });
  const { component, method, candidates, backtest } = choice;
  const ends = periods.length > 0 ? 0 : fading(observed.length, YOUNG_VALUES);
  const paths = ends * fading(observed.length / wanted, YOUNG_HORIZONS);
  const errors = ends > 0 ? new YoungErrors(aligned, choice.errors, { ends, paths }) : choice.errors;
  return new ChosenForecaster({
    ...common,
    method,
    component,
    errors,
    explanation: {
      candidates,
      backtest: {
        ...backtest,
        mae: scaleUp(backtest.mae, unit),
        rmse: scaleUp(backtest.rmse, unit),
        standardDeviation: scaleUp(summarize(values).standardDeviation ?? 0, unit),
      },
      warnings: [...warnings, ...choice.warnings],
    },
  }, { left: observed.length });
}

/** So far ahead a method is tried: a sixth of the series, and no more than a twelfth of a long one. */
function triedSteps(length: number): number {
  return Math.floor(Math.min(length / 6, Math.max(TRIED_STEPS, length / 12)));
}

/** 1 up to the first bound, 0 from the second on. */
function fading(value: number, [from, to]: readonly [number, number]): number {
  return Math.max(0, Math.min(1, (to - value) / (to - from)));
}
