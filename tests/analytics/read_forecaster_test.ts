import { deepStrictEqual, match, ok, throws } from "node:assert/strict";
import { chooseForecaster, type Forecaster, readForecaster } from "@pronoia/analytics";
import { seasonalSeries } from "./_series.ts";

/** A state as it is stored, and a way to read it back with one place of it changed. */
type Json = Record<string, unknown>;

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

const noise = (t: number): number => Math.sin(t * t * 1.7) + Math.cos(3.1 * t * t);
const series: Record<string, Float64Array> = {
  seasonal: seasonalSeries(300, 24, 1),
  positive: Float64Array.from(
    { length: 120 },
    (_, t) => (50 + 20 * Math.sin(t / 2)) * Math.exp(0.1 * noise(t)),
  ),
  ramp: Float64Array.from({ length: 400 }, (_, t) => t + 0.1 * noise(t)),
  young: Float64Array.from({ length: 12 }, (_, t) => noise(t)),
  short: Float64Array.from({ length: 60 }, (_, t) => noise(t)),
  whole: Float64Array.from({ length: 60 }, (_, t) => Math.round(3 * noise(t))),
};
const HOSTILE = [null, undefined, NaN, "1", [], 1e308, -1e308, 1e-320, -1, 0, 0.5, 2 ** 60];

Deno.test("readForecaster() refuses a state or forecasts finite numbers from it, whatever one place holds", () => {
  for (const [name, values] of Object.entries(series)) {
    const json: Json = JSON.parse(JSON.stringify(chooseForecaster(values, { horizon: 6 }).toJson()));
    for (const path of placesOf(json)) {
      for (const hostile of HOSTILE) {
        const copy = structuredClone(json);
        const parent = path.slice(0, -1).reduce((inner, key) => inner[key] as Json, copy);
        parent[path.at(-1)!] = hostile;
        const place = `${name}: ${path.join(".")} = ${hostile}`;
        let forecaster: Forecaster;
        try {
          forecaster = readForecaster(copy);
        } catch (error) {
          ok(
            error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError,
            place,
          );
          match(error.message, /^Cannot read an? \w+( \w+)? as /, place);
          continue;
        }
        forecaster.update([values[0], NaN, values[1]]);
        const { mean, lower, upper, simulate } = forecaster.forecast(40);
        for (const found of [mean, lower, upper, ...simulate({ paths: 2 })]) {
          ok(found.every(Number.isFinite), `${place}: found ${found}`);
        }
      }
    }
  }
});

Deno.test("readForecaster() names the field that it refuses", () => {
  const refuse = (change: (json: Record<string, Json>) => void, message: RegExp): void => {
    const copy = structuredClone(state) as unknown as Record<string, Json>;
    change(copy);
    throws(() => readForecaster(copy), message);
  };
  refuse(({ bounds }) => bounds.min = null, /as "bounds.min" must be a finite number: found null$/);
  refuse(
    ({ errors }) => errors.volatility = -1,
    /as "errors.volatility" must be between 0 and 1e\+120: found -1$/,
  );
  refuse(
    ({ errors }) => (errors.means as unknown[])[3] = null,
    /as "errors.means\[3\]" must be a finite number/,
  );
  refuse(({ lattice }) => lattice.step = 1e-320, /as "lattice.step" must be an integer/);
  refuse(({ lattice }) => lattice.scale = 0, /as "lattice.scale" must be an integer between 1 and 1000000/);
  refuse(
    (json) => json.component = { kind: "blend", parts: [], weights: [,] } as unknown as Json,
    /"weights\[0\]"/,
  );
});

Deno.test("readForecaster() reads whatever a forecaster became, also of a tiny series that exploded", () => {
  for (const values of Object.values(series)) {
    const forecaster = chooseForecaster(values.map((value) => value * 1e-250), { horizon: 6 });
    for (const value of [1, -1, 1e300, NaN, -1e300, 0, 1e-250]) {
      forecaster.update(new Float64Array(20).fill(value));
      const copy = readForecaster(JSON.stringify(forecaster.toJson()));
      deepStrictEqual(copy.forecast(9).upper, forecaster.forecast(9).upper);
    }
  }
});

/** Every place in a state, by its keys; of a long array of numbers the first two and the last. */
function placesOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  const keys = Object.keys(value);
  const isLong = Array.isArray(value) && typeof value.at(-1) === "number" && keys.length > 3;
  return (isLong ? [keys[0], keys[1], keys.at(-1)!] : keys)
    .flatMap((key) => placesOf((value as Json)[key], [...path, key]));
}
