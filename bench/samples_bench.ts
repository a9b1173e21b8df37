import { counterRate, errorBudget, findViolations, regularize } from "@pronoia/analytics";
import { metricLike } from "./versus_statsmodels/series.ts";

for (const n of [60, 1440, 10_080, 100_800]) {
  const values = metricLike(n, 60);
  const timesMs = values.map((value, t) => t * 15_000 + Math.round(value) % 20);
  const counter = values.map((_, t) => (t % 5000) * 7);
  const series = { startMs: 0, stepMs: 15_000, values };

  Deno.bench({
    name: `counterRate(), n = ${n}`,
    group: "counterRate()",
    fn: () => void counterRate({ timesMs, values: counter }),
  });
  Deno.bench({
    name: `regularize(), n = ${n}`,
    group: "regularize()",
    fn: () => void regularize({ timesMs, values }, { stepMs: 15_000 }),
  });
  Deno.bench({
    name: `findViolations() and errorBudget(), n = ${n}`,
    group: "findViolations() and errorBudget()",
    fn: () => void errorBudget(findViolations(series, { max: 105, min: 95 }), { target: 0.99 }),
  });
}
