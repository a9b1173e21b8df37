import { ok } from "node:assert/strict";
import { fitHoltWinters } from "@pronoia/analytics";
import { type Component, goldenSeries, r, statsmodels } from "./goldens/exponential_smoothing.ts";
import { closeTo } from "./_close.ts";

Deno.test("fitHoltWinters() follows the textbook's recursion of a multiplicative season", () => {
  const { values, period } = goldenSeries("tourists");
  const model = fitHoltWinters(values, {
    trend: "additive",
    damped: true,
    seasonal: "multiplicative",
    period,
  });
  const { level: alpha, trend: beta, seasonal: gamma, damping: phi } = model.parameters;
  let { level, trend } = model.initialState;
  const season = Array.from(model.initialState.seasonal);
  values.forEach((value, t) => {
    const foretold = level + phi * trend;
    closeTo(model.fitted[t], foretold * season[t]);
    const next = alpha * value / season[t] + (1 - alpha) * foretold;
    season.push(gamma * value / foretold + (1 - gamma) * season[t]);
    trend = beta * (next - level) + (1 - beta) * phi * trend;
    level = next;
  });
  closeTo(model.state.level, level);
  season.slice(-period).forEach((factor, j) => closeTo(model.state.seasonal[j], factor));
});

for (const golden of statsmodels.held) {
  const { trend, damped, seasonal, weights, sse, forecast } = golden;
  Deno.test(`fitHoltWinters() with held weights ${weights} and season ${seasonal} is statsmodels'`, () => {
    const [level, second, third] = weights;
    const smoothing = {
      level,
      ...(trend === "none" ? {} : { trend: second }),
      ...(seasonal === "none" ? {} : { seasonal: third }),
      ...(damped ? { damping: weights[weights.length - 1] } : {}),
    };
    const { values } = goldenSeries("accidentalDeaths");
    const model = fitHoltWinters(values, {
      trend: trend as Component,
      damped,
      seasonal: seasonal as Component,
      period: seasonal === "none" ? undefined : 12,
      smoothing,
    });
    // Theirs stops a little short of the least squares, along a flat direction of the season.
    ok(model.sse <= sse * (1 + 1e-9) && model.sse >= sse * (1 - 1e-6), `${model.sse} instead of ${sse}`);
    forecast.forEach((expected, h) =>
      closeTo(model.forecast(15).mean[h], expected, seasonal === "none" ? 1e-4 : 2e-3)
    );
    closeTo(model.parameters.level, level);
  });
}

for (const golden of statsmodels.holtWinters) {
  const { series, trend, damped, seasonal, sse } = golden;
  Deno.test(`fitHoltWinters() of ${series} (${trend}${damped ? " damped" : ""}, ${seasonal}) fits no worse than statsmodels`, () => {
    const { values, period } = goldenSeries(series);
    const options = { trend: trend as Component, damped, seasonal: seasonal as Component, period };
    const model = fitHoltWinters(values, options);
    ok(model.sse <= sse * (1 + 1e-6), `sum of squares ${model.sse} instead of ${sse}`);
    // The criteria are theirs for the sum of squares that was reached.
    if (trend !== "multiplicative" || seasonal !== "additive") {
      const shift = values.length * Math.log(model.sse / sse);
      closeTo(model.aic, golden.aic + shift, 1e-8);
      closeTo(model.bic, golden.bic + shift, 1e-8);
      closeTo(model.aicc, golden.aicc + shift, 1e-8);
    }
  });
}

for (const { series, seasonal, sse, weights } of r.holtWinters) {
  Deno.test(`fitHoltWinters() of ${series} reaches less than R's HoltWinters, at its weights too`, () => {
    const { values, period } = goldenSeries(series);
    const options = { trend: "additive", seasonal: seasonal as Component, period } as const;
    ok(fitHoltWinters(values, options).sse < sse);
    // R's γ works on the new level. Its initial state is a guess from two cycles whose errors do not count.
    const [level, trend, gamma] = weights;
    const held = fitHoltWinters(values, {
      ...options,
      smoothing: { level, trend, seasonal: gamma * (1 - level) },
    });
    ok(held.sse < sse * 1.2);
    if (seasonal === "additive") {
      closeTo(held.state.level, 364.76162, 2e-4);
      closeTo(held.state.trend, 0.12474, 1e-2);
    }
  });
}

Deno.test("fitHoltWinters() agrees with the figures printed for oil production and air transport", () => {
  const oil = fitHoltWinters(goldenSeries("oil").values);
  closeTo(oil.parameters.level, 0.891998, 1e-4);
  closeTo(oil.initialState.level, 447.47844, 1e-4);
  closeTo(oil.forecast(1).mean[0], 496.493543, 1e-6);
});
