import { isPositive } from "../../series/_is_positive.ts";
import { Logarithmic, toLogarithm } from "../components/_logarithmic.ts";
import type { Component } from "../components/_component.ts";
import { estimateSeasons, subtractSeasons } from "../components/_estimate_seasons.ts";
import { fitBestEts } from "../components/_ets.ts";
import { fitAutoregression } from "../components/_fit_autoregression.ts";
import { fitLine } from "../components/_fit_line.ts";
import { fitTheta } from "../components/_fit_theta.ts";
import { fitSmoothing } from "../components/_fit_smoothing.ts";
import { createLastCycle } from "../components/_last_cycle.ts";
import { mstlSeasons } from "../components/_mstl_seasons.ts";
import { grownBy, paceOf } from "../limits/_pace.ts";
import { type Season, Seasonal } from "../components/_seasonal.ts";

/** Fits a component to `values[0 … end)`; `null` where it cannot be fitted. */
export type Fit = (values: Float64Array, end: number) => Component | null;

/** A method to try. */
export interface Candidate {
  readonly method: string;
  readonly fit: Fit;
  /** Whether it is one of the guard rails nothing chosen may be worse than. */
  readonly isGuard?: boolean;
  /** Whether it belongs to the blend that is trusted unless the backtest speaks clearly for another. */
  readonly isTrusted?: boolean;
  /** Whether it extrapolates a straight line, which is wrong as soon as the line bends. */
  readonly isLine?: boolean;
  /**
   * Whether it smooths exponentially, and at what cost: the costly ones are tried only where the cheap ones do well.
   */
  readonly smoothing?: "cheap" | "costly";
}

/** Longest series, and longest season, for which the costly candidates are tried: ETS with its states, and MSTL. */
const COSTLY_LENGTH_MAX = 2000;
const COSTLY_PERIOD_MAX = 48;

/** The methods to try on a series with these periods, ascending. */
export function listCandidates(
  values: Float64Array,
  periods: readonly number[],
  isFounded: boolean,
  options: { readonly effort: "quick" | "full"; readonly horizon: number },
): Candidate[] {
  const candidates: Candidate[] = [];
  const add = (method: string, fit: Fit, flags: Partial<Candidate> = {}): void => {
    candidates.push({ method, fit, ...flags });
  };
  const isSeasonal = periods.length > 0;
  const seasonal = seasonalFor(periods);
  const isFull = options.effort === "full";
  const passes = isFull ? 60 : 20;
  add("naive", (y, end) => createLastCycle(y, end, 1), { isGuard: true });
  for (const period of periods) {
    add(`seasonal naive (${period})`, (y, end) => createLastCycle(y, end, period), { isGuard: true });
  }
  const suffix = isSeasonal ? `, seasons ${periods.join(" and ")}` : "";
  const simple = smoothing(false, false, passes);
  const carried = smoothing(false, true, passes);
  const cheap = { smoothing: "cheap" } as const;
  const costly = { smoothing: "costly" } as const;
  add(`simple smoothing${suffix}`, seasonal(simple), cheap);
  const damped = smoothing(true, false, passes);
  if (isFull) add(`damped trend${suffix}`, seasonal(damped), cheap);
  add(`error-correcting smoothing${suffix}`, seasonal(carried), cheap);
  add(`theta${suffix}`, seasonal(fitTheta), cheap);
  for (const memory of lineMemories(values.length, options.horizon)) {
    add(`recent line (${memory})${suffix}`, seasonal(line(memory)), { isLine: true });
  }
  if (isFull && values.length <= COSTLY_LENGTH_MAX) {
    const last = periods.findLast((period) => period <= COSTLY_PERIOD_MAX) ?? 1;
    add(last > 1 ? `ETS, season ${last}` : "ETS", (y, end) => fitBestEts(y, end, last), costly);
    if (isSeasonal) {
      add(`MSTL + damped trend${suffix}`, seasonalFor(periods, mstlSeasons)(damped), costly);
    }
  }
  const near = autoregression([1, 2, 3], 1e-3);
  add(`autoregression${suffix}`, seasonal(near));
  // Where the seasons are none or a guess, what does without them must stand on its own.
  if (!isSeasonal || !isFounded) {
    const lags = [1, 2, 3, 4, 5, 6, 8, 12, 18, 30];
    add("long autoregression", autoregression(lags, 1e-3));
  }
  if (!isSeasonal) return candidates;
  add("autoregression", near);
  if (!isFounded) add("error-correcting smoothing", carried);
  const lags = lagsFor(periods);
  const name = `seasonal autoregression${suffix}`;
  // Errors of the coefficients let seasons swell: over many cycles beyond all that was seen.
  const growth = grownBy(paceOf(values), 1);
  const raw = autoregression(lags, 1e-5, growth);
  const adjusted = seasonal(autoregression(lags, 1e-4, growth));
  add(name, raw, { isTrusted: isFounded });
  add(`${name}, adjusted`, adjusted, { isTrusted: isFounded });
  if (isFull && isPositive(values)) {
    add(`${name}, of logarithms`, logarithmic(raw), { isTrusted: isFounded });
    add(`${name}, adjusted, of logarithms`, logarithmic(adjusted), { isTrusted: isFounded });
  }
  return candidates;
}

/** The newest values, and those around each season's last cycle; around the second to last of the shortest, too. */
function lagsFor(periods: readonly number[]): number[] {
  const lags = new Set([1, 2, 3]);
  for (const period of periods) {
    for (let lag = period - 2; lag <= period + 2; lag++) lags.add(lag);
  }
  for (let lag = 2 * periods[0] - 1; lag <= 2 * periods[0] + 1; lag++) lags.add(lag);
  return [...lags].filter((lag) => lag > 0).sort((a, b) => a - b);
}

/** How far back lines look: half the horizon, twice, and a good part of the series. */
function lineMemories(length: number, horizon: number): number[] {
  const longest = Math.round(length / 6);
  const wanted = [Math.max(30, horizon / 2), Math.max(30, 2 * horizon), Math.max(60, longest)];
  return [...new Set(wanted.map((memory) => Math.round(memory)).filter((memory) => memory <= longest))];
}

/**
 * Fits cores to what is left without the seasons. Candidates are fitted to the same values one after the other: what
 * was found last is kept for the next.
 */
function seasonalFor(periods: readonly number[], find = estimateSeasons): (core: Fit) => Fit {
  let known:
    | { readonly of: Float64Array; readonly seasons: Season[]; readonly rest: Float64Array }
    | undefined;
  return (core) =>
    periods.length === 0 ? core : (values, end) => {
      if (known?.of !== values || known.rest.length !== end) {
        known = { of: values, seasons: find(values, end, periods), rest: new Float64Array(end) };
        subtractSeasons(values, end, known.seasons, -1, known.rest);
      }
      const fitted = core(known.rest, end);
      return fitted === null ? null : new Seasonal(fitted, known.seasons);
    };
}

function logarithmic(inner: Fit): Fit {
  return (values, end) => {
    const logarithms = new Float64Array(end);
    for (let t = 0; t < end; t++) logarithms[t] = toLogarithm(values[t]);
    const fitted = inner(logarithms, end);
    return fitted === null ? null : new Logarithmic(fitted);
  };
}

function smoothing(trend: boolean, carry: boolean, passes: number): Fit {
  return (values, end) => fitSmoothing(values, end, { trend, carry, passes });
}

function line(memory: number): Fit {
  return (values, end) => fitLine(values, end, memory);
}

function autoregression(lags: readonly number[], ridge: number, growth?: number): Fit {
  return (values, end) => fitAutoregression(values, end, { lags, ridge, growth });
}
