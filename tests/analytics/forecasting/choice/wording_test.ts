import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { chooseForecaster } from "@pronoia/analytics";
import { describeSteps } from "../../../../analytics/forecasting/choice/_describe_steps.ts";
import { noise, seasonalSeries } from "../../_series.ts";

Deno.test("describeSteps() says a time in its two largest units, cut off there, and steps where no time is known", () => {
  const said = [[1307, 30_000], [2880, 30_000], [4, 15_000], [90, 60_000], [10_080, 60_000], [3, 1]] as const;
  deepStrictEqual(
    said.map(([steps, stepMs]) => describeSteps(steps, stepMs)),
    ["10 h 53 min", "1 d", "1 min", "1 h 30 min", "7 d", "3 ms"],
  );
  strictEqual(describeSteps(7, undefined), "7 steps");
});

Deno.test("chooseForecaster() says of a season that it is not used in the time the reader knows", () => {
  const { explanation } = chooseForecaster(noise(2000, 4), {
    periods: [970, 1307],
    stepMs: 30_000,
    effort: "quick",
  });
  const [never, untried] = explanation.warnings;
  strictEqual(
    never,
    "The season of 10 h 53 min is not used: the 16 h 40 min that are known hold fewer than two of its cycles",
  );
  match(
    untried,
    /^The season of 8 h 5 min is not used: the [\dhmin ]+ that are not tried on hold fewer than two of its cycles$/,
  );
});

Deno.test("chooseForecaster() says how much worse a method was in as many digits as help, and seasons once", () => {
  const { explanation } = chooseForecaster(seasonalSeries(400, 24, 3), { periods: [24] });
  const reasons = explanation.candidates.flatMap(({ rejected }) => rejected ?? []);
  ok(
    reasons.some((reason) => /^Errors \d+\.\d % above the chosen one's$/.test(reason)),
    reasons.join("; "),
  );
  ok(reasons.every((reason) => !/\d{4,}/.test(reason)), reasons.join("; "));
  const blends = explanation.candidates.map(({ method }) => method).filter((method) => /^blend/.test(method));
  ok(
    blends.some((method) => method.split("seasons").length === 2 && method.endsWith(", seasons 24")),
    blends.join("; "),
  );
});
