import { ok, strictEqual } from "node:assert/strict";
import { chiSquareSurvival } from "../../../analytics/distributions/_chi_square_survival.ts";
import { normalCdf, normalSurvival } from "../../../analytics/distributions/_normal_cdf.ts";
import { normalHalfWidth, normalQuantile } from "../../../analytics/distributions/_normal_quantile.ts";
import { close } from "../_close.ts";
import * as goldens from "../goldens/statistics.ts";

Deno.test("normalQuantile() agrees with SciPy to 13 digits", () => {
  for (const [p, z] of goldens.normalQuantile) close(normalQuantile(p), z, `quantile of ${p}`, 0, 1e-13);
});

Deno.test("normalQuantile() has infinite ends, and a half-width of 1.96 for 95 %", () => {
  strictEqual(normalQuantile(0), -Infinity);
  strictEqual(normalQuantile(1), Infinity);
  ok(Number.isNaN(normalQuantile(-0.1)));
  close(normalHalfWidth(0.95), 1.959963984540054, "half-width", 0, 1e-15);
});

Deno.test("normalCdf() agrees with SciPy to 12 digits in both tails", () => {
  for (const [z, p] of goldens.normalCdf) close(normalCdf(z), p, `probability below ${z}`, 0, 1e-12);
  strictEqual(normalCdf(-Infinity), 0);
  strictEqual(normalSurvival(-Infinity), 1);
});

Deno.test("normalCdf() and normalQuantile() undo each other", () => {
  for (let z = -8; z <= 5; z += 0.37) {
    close(normalQuantile(normalCdf(z)), z, `there and back from ${z}`, 1, 1e-10);
  }
});

Deno.test("chiSquareSurvival() agrees with SciPy to 11 digits", () => {
  for (const [x, degrees, p] of goldens.chiSquareSurvival) {
    close(chiSquareSurvival(x, degrees), p, `of ${x} with ${degrees} degrees`, 0, 1e-11);
  }
  strictEqual(chiSquareSurvival(0, 3), 1);
});
