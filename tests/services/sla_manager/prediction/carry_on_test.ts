import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { BreachProbabilityResult } from "@pronoia/analytics";
import { carryOn } from "../../../../services/sla_manager/prediction/carry_on.ts";

function said(byStep: number[], bound: BreachProbabilityResult["bound"] = "max"): BreachProbabilityResult {
  const timeToBreach = { p10: null, p50: null, p90: null };
  return { probability: byStep[byStep.length - 1], byStep: Float64Array.from(byStep), timeToBreach, bound };
}

Deno.test("carryOn() keeps the nearest steps and multiplies what is left beyond them", () => {
  // Of what the far method leaves after two steps, 0.8, it leaves a half after four.
  const { byStep, probability, timeToBreach } = carryOn(said([0.3, 0.5]), said([0.1, 0.2, 0.4, 0.6]));
  deepStrictEqual(Array.from(byStep, (share) => Math.round(share * 1e9) / 1e9), [0.3, 0.5, 0.625, 0.75]);
  strictEqual(probability, byStep[3]);
  deepStrictEqual(timeToBreach, { p10: 1, p50: 2, p90: null });
});

Deno.test("carryOn() says what the far method does where both agree", () => {
  const byStep = [0, 0.1, 0.25, 0.7, 1];
  const carried = carryOn(said(byStep.slice(0, 2)), said(byStep));
  ok(byStep.every((share, k) => Math.abs(carried.byStep[k] - share) < 1e-12));
});

Deno.test("carryOn() is certain beyond where the far method is", () => {
  deepStrictEqual([...carryOn(said([0.2, 0.4]), said([0.5, 1, 1])).byStep], [0.2, 0.4, 1]);
});

Deno.test("carryOn() never falls, not by a rounding error", () => {
  for (let thousandths = 0; thousandths < 1000; thousandths++) {
    const near = thousandths / 1000;
    const [, same, ...later] = carryOn(said([near]), said([0.3, 0.3, 0.301, 1])).byStep;
    strictEqual(same, near);
    ok(near <= later[0] && later[0] <= later[1] && later[1] <= 1, `${near}: ${later}`);
  }
});

Deno.test("carryOn() names the bound of the part that more of the probability comes from", () => {
  const bound = (near: number, far: number[]) =>
    carryOn(said([near], near > 0 ? "min" : null), said(far, far[1] > 0 ? "max" : null)).bound;
  strictEqual(bound(0.3, [0, 0]), "min");
  strictEqual(bound(0.3, [0, 0.2]), "min");
  strictEqual(bound(0.3, [0, 0.9]), "max");
  strictEqual(bound(0, [0, 0.01]), "max");
  strictEqual(bound(0, [0, 0]), null);
});
