import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { analysedValues } from "../../../../../services/shared/domain/results/analysed_values.ts";

const samples = { startMs: 0, stepMs: 10_000, values: Float64Array.of(100, 150, 20, NaN, 40) };

Deno.test("analysedValues() is a counter's rate, through a reset and a gap", () => {
  deepStrictEqual([...analysedValues(samples, "counter").values], [NaN, 5, 2, NaN, 1]);
});

Deno.test("analysedValues() leaves everything else alone", () => {
  strictEqual(analysedValues(samples, "gauge"), samples);
});
