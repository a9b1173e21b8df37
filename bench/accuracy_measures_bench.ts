import {
  intervalCoverage,
  meanAbsoluteError,
  meanAbsoluteScaledError,
  pinballLoss,
  rootMeanSquaredError,
  symmetricMape,
  winklerScore,
} from "@pronoia/analytics";
import { metricLike } from "./versus_statsmodels/series.ts";

for (const n of [60, 1440, 10_080]) {
  const actual = metricLike(n, 60);
  const predicted = metricLike(n, 30);
  const interval = { lower: predicted.map((value) => value - 2), upper: predicted.map((value) => value + 2) };
  const measures: Readonly<Record<string, () => number>> = {
    "meanAbsoluteError()": () => meanAbsoluteError(actual, predicted),
    "rootMeanSquaredError()": () => rootMeanSquaredError(actual, predicted),
    "symmetricMape()": () => symmetricMape(actual, predicted),
    "meanAbsoluteScaledError()": () => meanAbsoluteScaledError(actual, predicted, { training: predicted }),
    "pinballLoss()": () => pinballLoss(actual, predicted, { quantile: 0.9 }),
    "intervalCoverage()": () => intervalCoverage(actual, interval),
    "winklerScore()": () => winklerScore(actual, interval),
  };
  for (const [name, measure] of Object.entries(measures)) {
    Deno.bench({ name: `${name}, n = ${n}`, group: name, fn: () => void measure() });
  }
}
