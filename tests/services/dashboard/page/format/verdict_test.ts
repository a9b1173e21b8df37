import { strictEqual } from "node:assert/strict";
import { describeVerdicts, verdictWords } from "../../../../../services/dashboard/page/format/verdict.ts";
import { methodInTime } from "../../../../../services/shared/domain/units/method_words.ts";
import { readable } from "../../../../../services/dashboard/page/format/sentence.ts";

for (
  const [season, level, periods, words] of [
    ["seasonal", "stationary", [3_600_000], "seasonal (1 h), steady"],
    ["not seasonal", "unit-root", [], "drifting"],
    ["unknown", "constant", [], "constant"],
    ["unknown", "inconclusive", [], "not known yet"],
    ["unknown", "unknown", [], "not known yet"],
    ["seasonal", "unknown", [60_000], "seasonal (1 min)"],
    ["not seasonal", "inconclusive", [], "unclear"],
    ["seasonal", "inconclusive", [900_000], "seasonal (15 min)"],
  ] as const
) {
  Deno.test(`describeVerdicts() says "${words}" of ${season}, ${level}`, () => {
    const verdicts = { seasonality: { verdict: season, periods }, stationarity: { verdict: level } };
    strictEqual(describeVerdicts(verdicts as unknown as Parameters<typeof describeVerdicts>[0]), words);
  });
}

Deno.test("verdictWords() leaves a verdict that is new as it is", () =>
  strictEqual(verdictWords("odd"), "odd"));

Deno.test("a season is one and the same time, wherever it is told", () => {
  strictEqual(methodInTime("theta, seasons 332", 30_000), "theta, season 2 h 46 min");
  strictEqual(readable("the series repeats every 2h46m with"), "the series repeats every 2 h 46 min with");
  const verdicts = {
    seasonality: { verdict: "seasonal", periods: [9_960_000] },
    stationarity: { verdict: "stationary" },
  };
  strictEqual(
    describeVerdicts(verdicts as unknown as Parameters<typeof describeVerdicts>[0]),
    "seasonal (2 h 46 min), steady",
  );
});
