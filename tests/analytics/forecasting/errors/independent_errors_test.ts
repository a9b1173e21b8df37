import { ok } from "node:assert/strict";
import { breachProbability, forecast } from "@pronoia/analytics";

/** Uniform numbers that are the same for ever (the minimal standard generator). */
function uniforms(length: number): Float64Array {
  let state = 1;
  return Float64Array.from({ length }, () => {
    state = state * 48271 % 2147483647;
    return state / 2147483647;
  });
}

Deno.test("breachProbability() of what returns to a level does not grow beyond what it reaches, however far ahead", () => {
  const values = uniforms(1440).map((uniform) => Math.round(50 + 60 * (uniform - 0.5)));
  for (const horizon of [10, 20, 30, 60, 120]) {
    const coming = forecast(values, { horizon, periods: [] });
    const said = (max: number): number => breachProbability(coming, { max }).probability;
    ok(said(80) < 0.02, `${horizon}: ${said(80)}`);
    // One value in 120 is 80, and two and a half in 60 are 78 or more.
    ok(Math.abs(said(79) - (1 - (1 - 1 / 120) ** horizon)) < 0.2, `${horizon}: ${said(79)}`);
    ok(Math.abs(said(77) - (1 - (1 - 2.5 / 60) ** horizon)) < 0.2, `${horizon}: ${said(77)}`);
  }
});

Deno.test("forecast() of uniform noise draws what is uniform, and no wider intervals", () => {
  const coming = forecast(uniforms(5000), { horizon: 60, periods: [] });
  ok(breachProbability(coming, { max: 1 }).probability < 0.1);
  ok(coming.upper[59] < 1.03, `${coming.upper[59]}`);
});

Deno.test("breachProbability() of a walk stays that of a walk 60 steps ahead", () => {
  let said = 0;
  const seeds = 10;
  for (let seed = 0; seed < seeds; seed++) {
    let level = 1000;
    const steps = uniforms(1440 * (seed + 1)).slice(-1440);
    const walk = steps.map((uniform) => level += Math.sqrt(12) * (uniform - 0.5));
    const coming = forecast(walk, { horizon: 60, periods: [] });
    // By reflection, the highest of a walk is beyond 0.674 √60 half of the time, and so is the lowest.
    const reach = 0.674 * Math.sqrt(60);
    for (const bound of [{ max: level + reach }, { min: level - reach }]) {
      said += breachProbability(coming, bound).probability / (2 * seeds);
    }
  }
  ok(Math.abs(said - 0.5) < 0.1, `${said}`);
});
