import { breachProbability, type Forecast } from "@pronoia/analytics";
import type { Window } from "./nab_windows.ts";
import { mean } from "./statistics.ts";

/** Bounds are quantiles of what was learnt from. */
const QUANTILES = [0.9, 0.95, 0.99];

/** One bound, tried once: what happened, and how probable each method said it was. */
export interface BreachTrial {
  readonly quantile: number;
  readonly happened: number;
  readonly ours: number;
  readonly persistence: number;
  readonly baseRate: number;
  readonly line: number;
}

/** Tries every bound on the forecast of one window. */
export function tryBounds(window: Window, forecast: Forecast): BreachTrial[] {
  return QUANTILES.map((quantile) => {
    const bound = quantileOf(window.past, quantile);
    const { probability } = breachProbability(forecast, { max: bound });
    return { quantile, ours: probability, ...references(window, bound) };
  });
}

/** How well breaches were foretold: against simpler methods, and how often what was said came true. */
export function reportBreaches(trials: readonly BreachTrial[]): void {
  console.log(
    "\nBrier skill of the breach probability against: persistence  base rate  linear extrapolation",
  );
  for (const quantile of QUANTILES) {
    reportSkill(`${100 * quantile}th percentile`, trials.filter((trial) => trial.quantile === quantile));
  }
  reportSkill("all bounds", trials);
  console.log("\nprobability   trials  mean said  happened");
  for (let tenth = 0; tenth < 10; tenth++) {
    const some = trials.filter(({ ours }) => Math.min(9, Math.floor(10 * ours)) === tenth);
    if (some.length === 0) continue;
    const said = mean(some.map(({ ours }) => ours));
    const happened = mean(some.map((trial) => trial.happened));
    console.log(
      `${(tenth / 10).toFixed(1)} to ${((tenth + 1) / 10).toFixed(1)}` + `${some.length}`.padStart(10) +
        said.toFixed(3).padStart(11) + happened.toFixed(3).padStart(10),
    );
  }
}

function reportSkill(bounds: string, trials: readonly BreachTrial[]): void {
  const ours = brier(trials, (trial) => trial.ours);
  const skill = (pick: (trial: BreachTrial) => number) => (1 - ours / brier(trials, pick)).toFixed(3);
  const share = 100 * mean(trials.map((trial) => trial.happened));
  const skills = [
    skill((trial) => trial.persistence),
    skill((trial) => trial.baseRate),
    skill((trial) => trial.line),
  ];
  console.log(
    bounds.padEnd(17) + `${trials.length} trials, ${share.toFixed(1)} % breach, ` +
      `Brier ${ours.toFixed(4)}: ${skills.join("  ")}`,
  );
}

/** What others would say: it stays as it is, it happens as often as ever, the last ten values go on in a line. */
function references({ past, future }: Window, bound: number): Omit<BreachTrial, "ours" | "quantile"> {
  const horizon = future.length;
  const observed = past.filter((value) => !Number.isNaN(value));
  const last = observed[observed.length - 1];
  let starts = 0;
  let breaches = 0;
  for (let t = 0; t + horizon <= past.length; t++) {
    starts++;
    if (past.subarray(t, t + horizon).some((value) => value > bound)) breaches++;
  }
  const recent = observed.slice(-10);
  const centre = (recent.length - 1) / 2;
  let cross = 0;
  let squares = 0;
  recent.forEach((value, i) => {
    cross += (i - centre) * value;
    squares += (i - centre) ** 2;
  });
  const level = mean([...recent]);
  const slope = cross / squares;
  const ends = [1, horizon].map((step) => level + slope * (centre + step));
  return {
    happened: future.some((value) => value > bound) ? 1 : 0,
    persistence: last > bound ? 1 : 0,
    baseRate: breaches / starts,
    line: Math.max(...ends) > bound ? 1 : 0,
  };
}

function brier(trials: readonly BreachTrial[], pick: (trial: BreachTrial) => number): number {
  return mean(trials.map((trial) => (pick(trial) - trial.happened) ** 2));
}

function quantileOf(values: Float64Array, probability: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const at = probability * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]);
}
