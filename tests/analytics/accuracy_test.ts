import { ok, strictEqual, throws } from "node:assert/strict";
import {
  intervalCoverage,
  meanAbsoluteError,
  meanAbsoluteScaledError,
  pinballLoss,
  rootMeanSquaredError,
  symmetricMape,
  winklerScore,
} from "@pronoia/analytics";

Deno.test("accuracy measures skip steps with a missing value", () => {
  strictEqual(meanAbsoluteError([1, NaN, 3], [2, 2, 6]), 2);
  strictEqual(rootMeanSquaredError([3, 4, NaN], [0, 0, 9]), Math.sqrt(12.5));
  strictEqual(symmetricMape([50, NaN], [150, 1]), 100);
  strictEqual(pinballLoss([10, NaN], [6, 1], { quantile: 0.5 }), 2);
  strictEqual(intervalCoverage([1, NaN], { lower: [0, 0], upper: [1, 1] }), 1);
});

Deno.test("accuracy measures throw where no pair is observed", () => {
  throws(() => meanAbsoluteError([NaN], [1]), {
    name: "RangeError",
    message: "Cannot measure the mean absolute error as at least 1 observed pair is needed: found 0",
  });
  throws(() => symmetricMape([], []), RangeError);
});

Deno.test("accuracy measures throw on series of different length", () => {
  throws(() => rootMeanSquaredError([1, 2], [1]), {
    message:
      "Cannot measure the root mean squared error as both series must be of equal length: found 2 and 1",
  });
});

Deno.test("symmetricMape() counts two zeros as a perfect prediction and one as 200", () => {
  strictEqual(symmetricMape([0, 0], [0, 5]), 100);
  strictEqual(symmetricMape([1e308], [-1e308]), 200);
});

Deno.test("rootMeanSquaredError() neither overflows nor underflows", () => {
  strictEqual(rootMeanSquaredError([1e300, 1e300], [0, 0]), 1e300);
  ok(Math.abs(rootMeanSquaredError([3e-300, 4e-300], [0, 0]) / (Math.sqrt(12.5) * 1e-300) - 1) < 1e-14);
  strictEqual(rootMeanSquaredError([1, 2], [1, 2]), 0);
});

Deno.test("meanAbsoluteError() averages errors whose sum overflows, and refuses one that does alone", () => {
  strictEqual(meanAbsoluteError([1e308, 1e308], [0, 0]), 1e308);
  throws(() => meanAbsoluteError([1.7e308], [-1.7e308]), RangeError);
});

Deno.test("meanAbsoluteScaledError() scales by the seasonal naive error", () => {
  const training = [10, 20, 12, 22, 14, 24];
  strictEqual(meanAbsoluteScaledError([16, 26], [15, 27], { training, period: 2 }), 0.5);
  strictEqual(meanAbsoluteScaledError([16], [15], { training: [1, NaN, 3, 5], period: 1 }), 0.5);
  throws(() => meanAbsoluteScaledError([1], [1], { training: [1, 2, 1, 2], period: 2 }), {
    message:
      "Cannot measure the mean absolute scaled error as the training values must not repeat exactly: the scale is 0",
  });
});

Deno.test("intervalCoverage() counts values on the ends as covered", () => {
  strictEqual(intervalCoverage([1, 2, 2.5], { lower: [1, 1, 1], upper: [2, 2, 2] }), 2 / 3);
});

Deno.test("winklerScore() of covered values is the mean width", () => {
  strictEqual(winklerScore([1, 2], { lower: [0, 0], upper: [2, 4] }), 3);
  throws(() => winklerScore([1], { lower: [2], upper: [1] }), {
    message:
      "Cannot measure the Winkler score as no lower end may exceed its upper end: found 2 and 1 at index 0",
  });
});
