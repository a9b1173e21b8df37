import type { BreachProbabilityResult } from "@pronoia/analytics";

/**
 * Carries what is said of the nearest steps on by what is said further ahead, where another method says it.
 *
 * Of the nearest steps the method that was chosen for them knows more. What follows is as probable as the other says,
 * given that the bound held so far: `1 − (1 − near) · (1 − far[k]) / (1 − far[near])`, the product of their survival
 * functions. So the first steps are the same for every horizon, and probabilities never fall. O(steps).
 *
 * @param near Probability of a breach up to each of the nearest steps.
 * @param far The same of more steps.
 */
export function carryOn(near: readonly number[], far: BreachProbabilityResult): BreachProbabilityResult {
  const last = near.length - 1;
  const kept = 1 - near[last];
  const farKept = 1 - far.byStep[last];
  const byStep = far.byStep.map((probability, k) => {
    if (k <= last) return near[k];
    // Written as what is added, so that rounding never makes it less than near by.
    return farKept > 0 ? near[last] + kept * (1 - (1 - probability) / farKept) : 1;
  });
  const reach = (share: number): number | null => {
    const step = byStep.findIndex((probability) => probability >= share);
    return step < 0 ? null : step + 1;
  };
  return {
    ...far,
    probability: byStep[byStep.length - 1],
    byStep,
    timeToBreach: { p10: reach(0.1), p50: reach(0.5), p90: reach(0.9) },
  };
}
