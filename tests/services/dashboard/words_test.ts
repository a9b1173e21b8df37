import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  describeSpendingLines,
  formatBurnRate,
  formatLeft,
  formatSpent,
} from "../../../services/dashboard/page/format/spending.ts";
import { asSentence, asToldAt, readable } from "../../../services/dashboard/page/format/sentence.ts";
import { heldLess, tellApart, unsureBand } from "../../../services/dashboard/page/format/backtest.ts";
import {
  methodInTime,
  shortMethod,
  shortMethods,
} from "../../../services/shared/domain/units/method_words.ts";
import { describeTooFew } from "../../../services/shared/domain/results/too_few_samples.ts";
import {
  countTooFew,
  describeMissing,
  describeObservations,
} from "../../../services/dashboard/page/format/observations.ts";
import { progressWords } from "../../../services/dashboard/page/format/progress.ts";
import { describeVerdicts, verdictWords } from "../../../services/dashboard/page/format/verdict.ts";
import { formatTime, formatWindow } from "../../../services/dashboard/page/format/time.ts";

for (
  const [reason, sentence] of [
    ["nothing has been judged yet", "Nothing has been judged yet."],
    ["The service can't be reached", "The service can't be reached."],
    ["done.", "Done."],
  ]
) {
  Deno.test(`asSentence() makes a sentence of "${reason}"`, () => strictEqual(asSentence(reason), sentence));
}

for (
  const [said, words] of [
    ["the series repeats every 1h with strength 0.97", "the series repeats every 1 h with strength 0.97"],
    [
      "32, one each 10s, are needed to look 10m ahead.",
      "32, one each 10 s, are needed to look 10 min ahead.",
    ],
    ["2880 are needed to look 1d ahead", "2,880 are needed to look 24 h ahead"],
    ["no period among 2880 values, in 1h30m", "no period among 2,880 values, in 1 h 30 min"],
    ["rate(x[5m]) of m1234 is 0.123456", "rate(x[5m]) of m1234 is 0.123456"],
  ]
) {
  Deno.test(`readable() writes "${said}" as the page does`, () => strictEqual(readable(said), words));
}

Deno.test("describeMissing() says what was seen, and nothing of the rest", () => {
  strictEqual(
    describeMissing(42_000_000, 43_200_000),
    "There are samples of 20 min of these 12 h: nothing is said about the rest.",
  );
});

Deno.test("readable() writes points in time in the viewer's zone, as the page does", () => {
  const timeMs = Date.UTC(2026, 10, 22, 6, 23, 30);
  strictEqual(
    readable("no sample since 2026-11-22 06:23:30 UTC, for longer than 3m"),
    `no sample since ${formatTime(timeMs)}, for longer than 3 min`,
  );
});

Deno.test("asToldAt() says when what was measured was so", () => {
  const timeMs = Date.UTC(2026, 10, 22, 11, 12);
  strictEqual(
    asToldAt(
      "the error budget burns over 1h and 5m: 13m45s of the last 1h were bad, 36s are allowed",
      timeMs,
    ),
    `The error budget burns over 1 h and 5 min. At ${
      formatTime(timeMs)
    }: 13 min 45 s of the last 1 h were bad, ` +
      "36 s are allowed.",
  );
  strictEqual(asToldAt("too much was bad", timeMs), `At ${formatTime(timeMs)}: Too much was bad.`);
});

Deno.test("tellApart() says which to trust where the backtest and what came since differ", () => {
  const backtest = { mae: 1.23, coverage: 0.81 };
  strictEqual(tellApart(backtest, { mae: 1.3, coverage: 0.83, graded: 8_000, forecasts: 400 }), undefined);
  strictEqual(
    tellApart({ mae: null, coverage: null }, { mae: 2, coverage: 1, graded: 90, forecasts: 9 }),
    undefined,
  );
  strictEqual(
    tellApart(backtest, { mae: 7.13, coverage: 0.911, graded: 8_000, forecasts: 400 }, { base: "messages" }),
    "The backtest had an error of 1.23 msg and 81 % within the interval: go by these figures, which are newer.",
  );
  strictEqual(
    tellApart(backtest, { mae: 1.2, coverage: 1, graded: 1, forecasts: 1 }),
    "The backtest had 81 % within the interval: go by that for now, as this is one value only.",
  );
  strictEqual(
    tellApart({ mae: 1.482, coverage: null }, { mae: 6.098, coverage: null, graded: 440, forecasts: 8 }),
    "The backtest had an error of 1.482: these figures are newer, but of 8 forecasts only.",
  );
  strictEqual(
    tellApart({ mae: 1.482, coverage: null }, { mae: 6.098, coverage: null, graded: 59, forecasts: 8 }),
    "The backtest had an error of 1.482: go by that for now, as these are 59 values only.",
  );
});

for (const [window, words] of [["3h", "3 h"], ["30d", "30 d"], ["1h30m", "1 h 30 min"], ["5m", "5 min"]]) {
  Deno.test(`formatWindow() writes ${window} for people`, () => strictEqual(formatWindow(window), words));
}

Deno.test("formatSpent() and formatLeft() say how many times over, where a percentage says less", () => {
  strictEqual(formatSpent(1.4), "140 % of");
  strictEqual(formatSpent(81.2), "81 times");
  strictEqual(formatLeft(0.345), "34.5 %");
  strictEqual(formatLeft(-0.4), "−40 %");
  strictEqual(formatLeft(-80.2), "spent 81×");
  strictEqual(formatLeft(null), "–");
});

for (
  const [season, level, periods, words] of [
    ["seasonal", "stationary", [3_600_000], "seasonal (1 h), steady"],
    ["not seasonal", "unit-root", [], "drifting"],
    ["unknown", "constant", [], "constant"],
    ["unknown", "inconclusive", [], "not known yet"],
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

for (
  const [name, short] of [
    ["recent line (960), seasons 4", "recent line (8 h), season 2 min"],
    ["seasonal naive (1920)", "seasonal naive (16 h)"],
    ["blend of recent line (960) + recent line (80)", "blend of recent line (8 h) and recent line (40 min)"],
    [
      "blend of autoregression, seasons 1920 + simple smoothing",
      "blend of autoregression and simple smoothing",
    ],
    [
      "seasonal autoregression, seasons 1920, adjusted, of logarithms",
      "seasonal autoregression, season 16 h, adjusted, of logarithms",
    ],
    ["seasonal autoregression, seasons 2880 and 20160, adjusted, of logarithms", "seasonal autoregression"],
    ["error-correcting smoothing", "error-correcting smoothing"],
    [
      "blend of long autoregression + autoregression + error-correcting smoothing + recent line (80)",
      "blend of long autoregression, autoregression, error-correcting smoothing and recent line (40 min)",
    ],
    [
      "blend of seasonal autoregression, adjusted + seasonal autoregression + theta, seasons 120",
      "blend of two kinds of seasonal autoregression and theta",
    ],
  ]
) {
  Deno.test(`shortMethod() makes "${short}" of "${name}"`, () =>
    strictEqual(shortMethod(name, 30_000), short));
}

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

Deno.test("methodInTime() writes every season as time", () =>
  strictEqual(
    methodInTime("MSTL + damped trend, seasons 2880 and 20160", 30_000),
    "MSTL + damped trend, seasons 1 d and 1 w",
  ));

Deno.test("shortMethods() gives a longer name to those that would read the same", () => {
  const names = [
    "blend of seasonal autoregression, adjusted + theta, seasons 120",
    "blend of seasonal autoregression + theta, seasons 120",
    "naive",
  ];
  deepStrictEqual(shortMethods(names, 30_000), [
    "blend of seasonal autoregression, adjusted + theta, season 1 h",
    "blend of seasonal autoregression + theta, season 1 h",
    "naive",
  ]);
});

Deno.test("describeSpendingLines() speaks of the lines that are drawn", () => {
  const one = { isEven: false, isProjected: false, isOverspent: false };
  strictEqual(describeSpendingLines(one), "What was left.");
  strictEqual(describeSpendingLines({ ...one, isOverspent: true }).includes("below 0 %"), true);
  strictEqual(describeSpendingLines({ ...one, isEven: true }).includes("evenly"), true);
  strictEqual(describeSpendingLines({ ...one, isProjected: true }).includes("evenly"), false);
});

for (
  const [observations, missing, words] of [
    [5_759, 0, "24 h of samples (5,759 values, one each 15 s); none is missing"],
    [5_759, 1, "24 h of samples (5,759 values, one each 15 s); of the 5,760 steps in 24 h, 1 has no value"],
    [
      2_718,
      162,
      "11.3 h of samples (2,718 values, one each 15 s); of the 2,880 steps in 12 h, 162 have no value",
    ],
    [
      55,
      17_225,
      "14 min of samples (55 values, one each 15 s) in the 3 d looked at; it is young, or was silent",
    ],
  ] as const
) {
  Deno.test(`describeObservations() tells of ${observations} values, ${missing} missing`, () =>
    strictEqual(describeObservations({ observations, missing, stepMs: 15_000 }), words));
}

Deno.test("heldLess() speaks up where intervals hold clearly less than they promise", () => {
  strictEqual(heldLess(0.764, 0.95), "held 76 % in the backtest");
  strictEqual(heldLess(0.93, 0.95), undefined);
  strictEqual(heldLess(null, 0.95), undefined);
});

Deno.test("unsureBand() names a band that held clearly less than it promises, and no other", () => {
  strictEqual(unsureBand(0.66, 0.95), "95 % interval, held 66 % in the backtest: trust it less");
  for (const coverage of [0.93, 1, null, undefined]) strictEqual(unsureBand(coverage, 0.95), undefined);
});

Deno.test("progressWords() names what is counted, which is not the same throughout a cycle", () => {
  const words = (stage: "discover" | "figures" | "turns") => progressWords({ stage, done: 117, total: 274 });
  deepStrictEqual([words("discover"), words("figures"), words("turns")], [
    "finding the series",
    "117 of 274 series forecast",
    "117 of 274 methods chosen in full",
  ]);
});

for (
  const [burnRate, spentRate, judgedShare, words] of [
    [100, 15, 0.15, "≥\u202f15×"],
    [2.456, 2.4, 0.97, "2.46×"],
    [0, 0, 1, "0×"],
    [0, 0, 0.15, "–"],
    [0.01, 0.0015, 0.15, "–"],
    [null, null, 0, "–"],
    [12_345.6, 6_172.8, 0.5, "12,345.6×"],
  ] as const
) {
  Deno.test(`formatBurnRate() says ${words} of ${burnRate} with ${judgedShare} judged`, () =>
    strictEqual(formatBurnRate({ burnRate, spentRate, judgedShare }), words));
}

Deno.test("countTooFew() makes few words of the reason that services give, and none of others", () => {
  const about = { needed: 40, horizonMs: 600_000, stepMs: 15_000 };
  strictEqual(countTooFew(describeTooFew({ found: 12, ...about })!), ": 12 of 40 samples yet");
  strictEqual(countTooFew(describeTooFew({ found: 1, ...about })!), ": 1 of 40 samples yet");
  strictEqual(countTooFew("the expression yields no series"), undefined);
  strictEqual(countTooFew(undefined), undefined);
});
