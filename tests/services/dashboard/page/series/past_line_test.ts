import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { SeriesForecast } from "../../../../../services/dashboard/page/api/retrieval.ts";
import { pastLine } from "../../../../../services/dashboard/page/series/past_line.ts";

function forecast(originMs: number, values: readonly number[]): SeriesForecast {
  const of = (shift: number) => values.map((value) => value + shift);
  const steps = { stepMs: 10, horizonMs: 10 * values.length, originMs };
  return { ...steps, mean: of(0), lower: of(-1), upper: of(1) } as unknown as SeriesForecast;
}

Deno.test("pastLine() tells what was expected of what has come since, and nothing of the future", () => {
  const line = pastLine([forecast(0, [1, 2]), forecast(30, [5, 6]), forecast(90, [900, 901])], 100)!;
  deepStrictEqual(line.track, { timesMs: [20, 50], values: [2, 6] });
  deepStrictEqual(line.band!.upper.values, [3, 7]);
  strictEqual(line.aside, true);
});

Deno.test("pastLine() leaves out what came from too few samples", () =>
  strictEqual(pastLine([{ ...forecast(0, [1, 2]), tooFew: "only 3 samples so far" }], 100), undefined));

Deno.test("pastLine() is none while no forecast has come due", () =>
  strictEqual(pastLine([forecast(90, [1, 2])], 100), undefined));
