import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  methodInTime,
  shortMethod,
  shortMethods,
} from "../../../../../services/shared/domain/units/method_words.ts";

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
