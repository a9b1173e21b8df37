import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { fitEts, fitHoltWinters, readEts, readHoltWinters } from "@pronoia/analytics";
import { goldenSeries } from "./goldens/exponential_smoothing.ts";

const tourists = goldenSeries("tourists").values;

Deno.test("readHoltWinters() and readEts() keep to their own kind", () => {
  const winters = fitHoltWinters(tourists, { trend: "additive" }), ets = fitEts(tourists);
  deepStrictEqual(readHoltWinters(winters.toJson()).forecast(3).mean, winters.forecast(3).mean);
  throws(() => readHoltWinters(ets.toJson()), {
    name: "SyntaxError",
    message: 'Cannot read a Holt-Winters model as "kind" must be "holt-winters": found "ets"',
  });
  throws(() => readEts(winters.toJson()), { name: "SyntaxError" });
});

Deno.test("readEts() refuses what toJson() did not give", () => {
  const json = fitEts(tourists, { seasonal: "multiplicative", period: 4 }).toJson();
  const broken = [
    null,
    undefined,
    5,
    "",
    "{",
    [],
    {},
    { ...json, version: 2 },
    { ...json, model: null },
    ...[
      "shape",
      "weights",
      "parameters",
      "origin",
      "scale",
      "initial",
      "state",
      "phase",
      "scores",
      "errors",
      "deviation",
      "explanation",
      "method",
    ]
      .map((name) => ({ ...json, model: { ...json.model, [name]: undefined } })),
    { ...json, model: { ...json.model, state: [1, 2] } },
    { ...json, model: { ...json.model, state: [NaN, 0, 1, 1, 1, 1] } },
    { ...json, model: { ...json.model, state: [-5, 0, 1, 1, 1, 1] } },
    { ...json, model: { ...json.model, phase: 4 } },
    { ...json, model: { ...json.model, phase: 0.5 } },
    { ...json, model: { ...json.model, scale: 0 } },
    { ...json, model: { ...json.model, deviation: -1 } },
    { ...json, model: { ...json.model, weights: { level: 2, trend: 0, seasonal: 0, damping: 1 } } },
    { ...json, model: { ...json.model, parameters: { level: 0.5, trend: -1, seasonal: 0, damping: 1 } } },
  ];
  for (const value of broken) {
    throws(() => readEts(value), (error: Error) => {
      ok(error instanceof SyntaxError, `${error.name} for ${JSON.stringify(value)}`);
      ok(error.message.startsWith("Cannot read an ETS model as "), error.message);
      return true;
    });
  }
  throws(() => readEts({ ...json, model: { ...json.model, shape: { trend: "some" } } }), {
    name: "RangeError",
  });
});
