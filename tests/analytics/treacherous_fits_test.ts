import { ok } from "node:assert/strict";
import { type EtsOptions, fitEts, fitHoltWinters } from "@pronoia/analytics";
import treacherous from "./goldens/treacherous_fits.json" with { type: "json" };

for (const [i, golden] of treacherous.cases.entries()) {
  const { values, period, damped, sse, logLikelihood } = golden;
  const { error, trend, seasonal } = golden as Pick<Required<EtsOptions>, "error" | "trend" | "seasonal">;
  const name = `the treacherous series ${i} (${trend}${damped ? " damped" : ""}, ${seasonal})`;
  Deno.test(`fitHoltWinters() fits ${name} no worse than statsmodels`, () => {
    const model = fitHoltWinters(values, { trend, damped, seasonal, period });
    ok(model.sse <= sse * (1 + 1e-6), `${model.sse} instead of ${sse}`);
  });
  Deno.test(`fitEts() of ${name} is no less likely than statsmodels'`, () => {
    const model = fitEts(values, { error, trend, damped, seasonal, period });
    const least = logLikelihood - 1e-6 * Math.abs(logLikelihood);
    ok(model.logLikelihood >= least, `${model.logLikelihood} instead of ${logLikelihood}`);
  });
}
