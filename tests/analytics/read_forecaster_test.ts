import { chooseForecaster, readForecaster } from "@pronoia/analytics";
import { ok, throws } from "node:assert/strict";
import { seasonalSeries } from "./_series.ts";

const state = chooseForecaster(seasonalSeries(300, 24, 1), { periods: [24], horizon: 10 }).toJson();

Deno.test("readForecaster() throws on what is no state", () => {
  for (const json of [null, undefined, 3, [], {}, { version: 2 }]) {
    throws(
      () => readForecaster(json),
      (error: Error) => error instanceof TypeError || error instanceof RangeError,
    );
  }
  throws(() => readForecaster("{"), SyntaxError);
});

Deno.test("readForecaster() throws when any part of the state is missing", () => {
  let damaged = 0;
  const damage = (value: unknown, path: (string | number)[]): void => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      // What a candidate was rejected for is the one field that may be absent.
      if (key === "rejected" || Array.isArray(value) && Number(key) > 0) continue;
      const copy = structuredClone(state) as Record<string, unknown>;
      let parent = copy;
      for (const step of path) parent = parent[step] as Record<string, unknown>;
      parent[key] = "damaged" in parent ? undefined : Symbol.iterator.toString;
      throws(
        () => readForecaster(copy),
        (error: Error) =>
          error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError,
        [...path, key].join("."),
      );
      damaged++;
      damage((value as Record<string, unknown>)[key], [...path, key]);
    }
  };
  damage(JSON.parse(JSON.stringify(state)), []);
  ok(damaged > 30);
});

Deno.test("readForecaster() refuses text that is not JSON in the wording of the library", () => {
  throws(() => readForecaster("{"), {
    name: "SyntaxError",
    message: /^Cannot read a forecaster as it must be JSON/,
  });
});
