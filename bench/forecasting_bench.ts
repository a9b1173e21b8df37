import {
  backtest,
  breachProbability,
  chooseForecaster,
  drift,
  forecast,
  naive,
  readForecaster,
  seasonalNaive,
  theta,
} from "@pronoia/analytics";

/** A daily season of `period` steps, a slow wave and something like noise. */
function series(length: number, period: number): Float64Array {
  return Float64Array.from({ length }, (_, t) => {
    return 100 + 10 * Math.sin(2 * Math.PI * t / period) + 5 * Math.sin(t / 170) + 3 * Math.sin(t * t);
  });
}

const cases = [[480, 24], [1440, 60], [2016, 288], [10_080, 1440]] as const;

for (const [length, period] of cases) {
  const values = series(length, period);
  const name = `n = ${length}, period ${period}`;
  for (const effort of ["quick", "full"] as const) {
    Deno.bench(`chooseForecaster ${effort}, ${name}`, { group: "choose" }, () => {
      chooseForecaster(values, { periods: [period], effort, horizon: 10 });
    });
  }
  Deno.bench(`chooseForecaster quick, no season, n = ${length}`, { group: "choose" }, () => {
    chooseForecaster(values, { periods: [], effort: "quick", horizon: 10 });
  });
  const forecaster = chooseForecaster(values, { periods: [period], horizon: 10 });
  Deno.bench(`Forecaster.update, one value, ${name}`, { group: "apply" }, () => {
    forecaster.update([100]);
  });
  Deno.bench(`Forecaster.forecast(10), ${name}`, { group: "apply" }, () => {
    forecaster.forecast(10);
  });
  const ahead = forecaster.forecast(10);
  Deno.bench(`breachProbability of 2,000 paths, ${name}`, { group: "apply" }, () => {
    breachProbability(ahead, { max: 112 });
  });
  const text = JSON.stringify(forecaster.toJson());
  Deno.bench(`readForecaster from ${Math.round(text.length / 1024)} KB, ${name}`, { group: "apply" }, () => {
    readForecaster(text);
  });
  Deno.bench(`naive, ${name}`, { group: "naive family" }, () => {
    naive(values);
  });
  Deno.bench(`seasonalNaive, ${name}`, { group: "naive family" }, () => {
    seasonalNaive(values, { period });
  });
  Deno.bench(`drift, ${name}`, { group: "naive family" }, () => {
    drift(values);
  });
  Deno.bench(`theta, ${name}`, { group: "naive family" }, () => {
    theta(values, { period });
  });
}

const hourly = series(700, 24);
Deno.bench("forecast 48 steps, n = 700, periods 24 and 168", { group: "whole" }, () => {
  forecast(hourly, { horizon: 48, periods: [24, 168] });
});
Deno.bench("backtest of seasonalNaive in 20 folds, n = 700", { group: "whole" }, () => {
  backtest(hourly, { fit: (past, horizon) => seasonalNaive(past, { period: 24, horizon }), folds: 20 });
});
