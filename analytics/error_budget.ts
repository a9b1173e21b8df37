import {
  refuse,
  requireInteger,
  requireKnownOptions,
  requireNoOverflow,
  requirePositive,
} from "./_require.ts";

/** The promise a budget follows from. */
export interface ErrorBudgetOptions {
  /** Promised share of samples within bounds, above 0 and at most 1; 0.999 for three nines. */
  readonly target: number;
  /**
   * Duration the promise is about, in milliseconds.
   *
   * @default the time observed
   */
  readonly windowMs?: number;
}

/** How much of what may go wrong has gone wrong. */
export interface ErrorBudget {
  /** Share of the observed samples that kept the bounds, 0 … 1; `null` if none was observed. */
  readonly compliance: number | null;
  /** Share of samples that may break the bounds: 1 - target. */
  readonly budget: number;
  /**
   * Share of the window's budget that is spent, above 1 when overspent; `null` over a budget of 0, or if nothing was
   * observed.
   */
  readonly consumed: number | null;
  /**
   * Speed of spending: at 1 the budget lasts exactly as long as the window; `null` over a budget of 0, or if nothing
   * was observed.
   */
  readonly burnRate: number | null;
}

/**
 * Says how much of an error budget is consumed, and how fast it burns.
 *
 * The budget is the share of time that may violate. The burn rate is the violating share of the observed samples over
 * the budget; consumed is that times the observed time over the window, so a burn rate of 14.4 over one hour consumes
 * 2 % of a budget for 30 days. Missing samples count neither as kept nor as broken: the observed time is that of the
 * samples that were seen.
 *
 * Definitions of the Site Reliability Workbook (Beyer et al. 2018), chapter 5. O(1).
 *
 * @param violations What `findViolations` found.
 * @param options The target, and the window it is for.
 * @returns Compliance, budget, and how fast it is consumed; ratios over a budget of 0 are `null`.
 * @throws {RangeError} A target outside (0, 1], a window that is not positive, counts that do not fit, or a
 * consumed share beyond the largest double.
 * @throws {TypeError} Violations or options of the wrong shape.
 *
 * @example One hour in which 1.44 % violated a promise of 99.9 % over 30 days
 * ```ts
 * import { errorBudget } from "@pronoia/analytics";
 * import { ok } from "node:assert/strict";
 *
 * const { burnRate, consumed } = errorBudget(
 *   { samples: 10_000, violating: 144, stepMs: 360 },
 *   { target: 0.999, windowMs: 30 * 24 * 3_600_000 },
 * );
 * ok(Math.abs(burnRate! - 14.4) < 1e-9);
 * ok(Math.abs(consumed! - 0.02) < 1e-9);
 * ```
 */
export function errorBudget(
  violations: { readonly samples: number; readonly violating: number; readonly stepMs: number },
  options: ErrorBudgetOptions,
): ErrorBudget {
  const action = "compute an error budget";
  requireKnownOptions(options, ["target", "windowMs"], action);
  const { samples, violating, stepMs } = violations ?? {};
  requireInteger(samples, "samples", { minimum: 0 }, action);
  requireInteger(violating, "violating", { minimum: 0, maximum: samples }, action);
  requirePositive(stepMs, "stepMs", action);
  const { target, windowMs } = options;
  requirePositive(target, "target", action);
  if (target > 1) refuse(target, "target", "at most 1", action);
  if (windowMs !== undefined) requirePositive(windowMs, "windowMs", action);

  // 1 - 0.999 is 0.00100000…09 in doubles; nine digits more than any promise has take that off.
  const budget = Math.round((1 - target) * 1e15) / 1e15;
  if (samples === 0) return { compliance: null, budget, consumed: null, burnRate: null };
  const compliance = 1 - violating / samples;
  if (budget === 0) return { compliance, budget, consumed: null, burnRate: null };
  const burnRate = violating / samples / budget;
  const consumed = windowMs === undefined ? burnRate : burnRate * (samples * stepMs / windowMs);
  requireNoOverflow(consumed, "the consumed share", action);
  return { compliance, budget, consumed, burnRate };
}
