import { Logarithmic, toLogarithm } from "./_logarithmic.ts";
import type { Component } from "./_component.ts";
import { estimateSeasons, subtractSeasons } from "./_estimate_seasons.ts";
import { fitAutoregression } from "./_fit_autoregression.ts";
import { fitSmoothing } from "./_fit_smoothing.ts";
import { createPhaseAverage } from "./_phase_average.ts";
import { Seasonal } from "./_seasonal.ts";

/** Fits a component to `values[0 … end)`; `null` where it cannot be fitted. */
export type Fit = (values: Float64Array, end: number) => Component | null;

/** A method to try. */
export interface Candidate {
  readonly method: string;
  readonly fit: Fit;
  /** Whether it is one of the guard rails nothing chosen may be worse than. */
  readonly isGuard: boolean;
}

/** The methods to try on a series with these periods, ascending. */
export function listCandidates(
  values: Float64Array,
  periods: readonly number[],
  effort: "quick" | "full",
): Candidate[] {
  const candidates: Candidate[] = [];
  const add = (method: string, fit: Fit, isGuard = false): void => {
    candidates.push({ method, fit, isGuard });
  };
  add("naive", (y, end) => createPhaseAverage(y, end, 1, 1), periods.length === 0);
  for (const period of periods) {
    add(`seasonal naive (${period})`, (y, end) => createPhaseAverage(y, end, period, 1), true);
  }
  const suffix = periods.length > 0 ? `, seasons ${periods.join(" and ")}` : "";
  const passes = effort === "full" ? 60 : 20;
  const lags = lagsFor(periods);
  const near = [1, 2, 3];
  const positive = isPositive(values);

  add(`simple smoothing${suffix}`, seasonal(periods, 1, smoothing("simple smoothing", false, false, passes)));
  add(`damped trend${suffix}`, seasonal(periods, 1, smoothing("damped trend", true, false, passes)));
  add(
    `smoothing with carried errors${suffix}`,
    seasonal(periods, 1, smoothing("smoothing", false, true, passes)),
  );
  add(`autoregression${suffix}`, seasonal(periods, 1, autoregression("autoregression", near, 1e-3)));
  if (periods.length > 0) {
    const name = `seasonal autoregression${suffix}`;
    add(name, autoregression(name, lags, 1e-4));
    add(`${name}, adjusted`, seasonal(periods, 1, autoregression(name, lags, 1e-3)));
    if (positive) {
      add(`${name} of logarithms`, logarithmic(autoregression(name, lags, 1e-4)));
      add(
        `${name}, adjusted, of logarithms`,
        logarithmic(seasonal(periods, 1, autoregression(name, lags, 1e-3))),
      );
    }
  }
  return candidates;
}

/** The newest values, and those around each season's last cycle. */
function lagsFor(periods: readonly number[]): number[] {
  const lags = new Set([1, 2, 3]);
  for (const period of periods) {
    for (const lag of [period - 1, period, period + 1]) if (lag > 0) lags.add(lag);
  }
  return [...lags].sort((a, b) => a - b);
}

function seasonal(periods: readonly number[], decay: number, core: Fit): Fit {
  if (periods.length === 0) return core;
  return (values, end) => {
    const seasons = estimateSeasons(values, end, { periods, decay, weight: 0 });
    const adjusted = new Float64Array(end);
    subtractSeasons(values, end, seasons, -1, adjusted);
    const fitted = core(adjusted, end);
    return fitted === null
      ? null
      : new Seasonal(`${fitted.name}, seasons ${periods.join(" and ")}`, fitted, seasons);
  };
}

function logarithmic(inner: Fit): Fit {
  return (values, end) => {
    const logarithms = new Float64Array(end);
    for (let t = 0; t < end; t++) logarithms[t] = toLogarithm(values[t], 0);
    const fitted = inner(logarithms, end);
    return fitted === null ? null : new Logarithmic(fitted, 0);
  };
}

function smoothing(name: string, trend: boolean, carry: boolean, passes: number): Fit {
  return (values, end) => fitSmoothing(values, end, { name, trend, carry, passes });
}

function autoregression(name: string, lags: readonly number[], ridge: number): Fit {
  return (values, end) => fitAutoregression(values, end, { name, lags, ridge });
}

function isPositive(values: Float64Array): boolean {
  for (let t = 0; t < values.length; t++) if (values[t] <= 0) return false;
  return true;
}
