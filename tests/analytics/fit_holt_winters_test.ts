import { ok, throws } from "node:assert/strict";
import { fitHoltWinters } from "@pronoia/analytics";

const close = (actual: number, expected: number, tolerance = 1e-8) =>
  ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  );

Deno.test("fitHoltWinters() follows simple smoothing worked by hand", () => {
  // α = ½ leaves the initial level to be estimated: errors e₁ = 2 − l, e₂ = 4 − (l + 2)/2, e₃ = 3 − (l/4 + ½ + 2).
  // Their squares are least at l = (2 + 3/2 + 1/8) / (1 + 1/4 + 1/16).
  const model = fitHoltWinters([2, 4, 3], { smoothing: { level: 0.5 } });
  const level = (2 + 3 / 2 + 1 / 8) / (1 + 1 / 4 + 1 / 16);
  close(model.initialState.level, level);
  close(model.fitted[1], (level + 2) / 2);
  close(model.forecast(2).mean[1], (((level + 2) / 2 + 4) / 2 + 3) / 2);
});

Deno.test("fitHoltWinters() moves as foretold over a missing value", () => {
  const model = fitHoltWinters([1, 2, 3, NaN, NaN, 6, 7, 8.5], {
    trend: "additive",
    smoothing: { level: 0.5, trend: 0.5 },
  });
  close(
    model.fitted[4] - model.fitted[3],
    model.fitted[3] - (model.fitted[2] + 0.5 * model.residuals[2]) + 0,
  );
  ok(Number.isNaN(model.residuals[3]) && Number.isNaN(model.residuals[4]));
  close(model.observations, 6);
});

Deno.test("fitHoltWinters() rejects a season without its period", () => {
  throws(() => fitHoltWinters([1, 2, 3], { seasonal: "additive" }), {
    name: "TypeError",
    message: 'Cannot fit Holt-Winters as a season needs its "period": found none',
  });
});
