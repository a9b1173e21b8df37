import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { summarize } from "@pronoia/analytics";
import { mean, sampleStandardDeviation } from "simple-statistics";
import { allClose } from "./_close.ts";
import { goldenSeries, rGoldens, statisticsGoldens } from "./goldens/statistics.ts";

Deno.test("summarize() of 1 … 5 as worked by hand", () => {
  deepStrictEqual(summarize([5, 3, 1, NaN, 2, 4]), {
    count: 5,
    missing: 1,
    min: 1,
    max: 5,
    mean: 3,
    standardDeviation: Math.sqrt(2.5),
    median: 3,
    p90: 4.6,
    p95: 4.8,
    p99: 4.96,
  });
});

Deno.test("summarize() of one value has no standard deviation", () => {
  const { mean, median, p99, standardDeviation } = summarize([7]);
  deepStrictEqual([mean, median, p99, standardDeviation], [7, 7, 7, null]);
});

Deno.test("summarize() of a constant series has deviation 0 exactly", () => {
  const { mean, standardDeviation } = summarize([0.1, 0.1, 0.1]);
  strictEqual(mean, 0.1);
  strictEqual(standardDeviation, 0);
});

Deno.test("summarize() keeps the deviation at any offset and scale", () => {
  strictEqual(summarize([1e12 + 1, 1e12 + 2, 1e12 + 3]).standardDeviation, 1);
  ok(Math.abs(summarize([1e-12, 2e-12, 3e-12]).standardDeviation! - 1e-12) < 1e-24);
  strictEqual(summarize([1e308, -1e308, 1e308, -1e308]).mean, 0);
  strictEqual(summarize([5e-324, 0]).max, 5e-324);
});

Deno.test("summarize() throws where nothing is observed", () => {
  throws(() => summarize([NaN]), {
    name: "RangeError",
    message: "Cannot summarize as at least 1 observation is needed: found 0",
  });
});

for (const golden of statisticsGoldens) {
  Deno.test(`summarize() agrees with pandas on "${golden.name}"`, () => {
    const { count, mean, standardDeviation, min, median, p90, p95, p99, max } = summarize(golden.values);
    allClose([count, mean, standardDeviation!, min, median, p90, p95, p99, max], golden.summary, "summary");
  });
}

for (const { name, values } of statisticsGoldens) {
  Deno.test(`summarize() agrees with simple-statistics on "${name}"`, () => {
    const observed = Array.from(values).filter((value) => !Number.isNaN(value));
    const summary = summarize(values);
    allClose(
      [summary.mean, summary.standardDeviation!],
      [mean(observed), sampleStandardDeviation(observed)],
      "mean and deviation",
    );
  });
}

for (const golden of rGoldens) {
  Deno.test(`summarize() agrees with R on "${golden.name}"`, () => {
    const { mean, standardDeviation, min, median, p90, p95, p99, max } = summarize(goldenSeries(golden.name));
    allClose([mean, standardDeviation!, min, median, p90, p95, p99, max], golden.summary, "summary");
  });
}
