import type { BreachProbabilityResult } from "@pronoia/analytics";

/**
 * Carries what is said of the nearest steps on by what is said further ahead, where another method says it.
 *
 * Of the nearest steps the method that was chosen for them knows more. What follows is as probable as the other says,
 * given that the bound held so far: `1 − (1 − near) · (1 − far[k]) / (1 − far[near])`, the product of their survival
 * functions. So the first steps are the same for every horizon, and probabilities never fall. O(steps).
 *
 * @param near What is said of the nearest steps.
 * @param far What is said of more steps.
 */
export function carryOn(
  near: BreachProbabilityResult,
  far: BreachProbabilityResult,
): BreachProbabilityResult {
  const last = near.byStep.length - 1;
  const kept = 1 - near.probability;
  const farKept = 1 - far.byStep[last];
  const byStep = far.byStep.map((probability, k) => {
    if (k <= last) return near.byStep[k];
    // Written as what is added, so that rounding never makes it less than near by.
    return farKept > 0 ? near.probability + kept * (1 - (1 - probability) / farKept) : 1;
  });
  const probability = byStep[byStep.length - 1];
  const reach = (share: number): number | null => {
    const step = byStep.findIndex((probability) => probability >= share);
    return step < 0 ? null : step + 1;
  };
  return {
    probability,
    byStep,
    timeToBreach: { p10: reach(0.1), p50: reach(0.5), p90: reach(0.9) },
    // That of the part which more of it comes from.
    bound: 2 * near.probability >= probability ? near.bound : far.bound,
  };
}
