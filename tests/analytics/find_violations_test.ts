import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { findViolations } from "@pronoia/analytics";

const at = (values: number[]) => ({ startMs: 1000, stepMs: 10, values });

Deno.test("findViolations() of both bounds as worked by hand", () => {
  const found = findViolations(at([5, 11, 12, -1, -3, 10, 0, NaN, 20]), { min: 0, max: 10 });
  deepStrictEqual(found, {
    intervals: [
      { fromMs: 1010, toMs: 1030, ongoing: false, bound: "max", worst: 12, worstAtMs: 1020, samples: 2 },
      { fromMs: 1030, toMs: 1050, ongoing: false, bound: "min", worst: -3, worstAtMs: 1040, samples: 2 },
      { fromMs: 1080, toMs: 1090, ongoing: true, bound: "max", worst: 20, worstAtMs: 1080, samples: 1 },
    ],
    samples: 8,
    violating: 5,
    missing: 1,
    violatedMs: 50,
    stepMs: 10,
  });
});

Deno.test("findViolations() ends an interval at a missing value", () => {
  const { intervals } = findViolations(at([11, NaN, 11]), { max: 10 });
  deepStrictEqual(intervals.map(({ fromMs, toMs }) => [fromMs, toMs]), [[1000, 1010], [1020, 1030]]);
  strictEqual(findViolations(at([11, NaN]), { max: 10 }).intervals[0].ongoing, false);
});

Deno.test("findViolations() tolerates excursions up to and including the tolerance", () => {
  const values = [11, 0, 11, 11, 0, 11, 11, 11];
  const { intervals, violating } = findViolations(at(values), { max: 10, toleranceMs: 20 });
  strictEqual(intervals.length, 1);
  strictEqual(intervals[0].fromMs, 1050);
  strictEqual(violating, 3);
});

Deno.test("findViolations() takes null for no bound, and needs one", () => {
  strictEqual(findViolations(at([1]), { min: null, max: 0 }).violating, 1);
  throws(() => findViolations(at([1]), { min: null }), {
    name: "RangeError",
    message: 'Cannot find violations as "min" or "max" must be given: found neither',
  });
  throws(() => findViolations(at([1]), { min: 2, max: 1 }), {
    message: 'Cannot find violations as "min" must not exceed "max": found 2 and 1',
  });
});

Deno.test("findViolations() says what a series is where it gets bare values", () => {
  for (const values of [[1, 2], Float64Array.of(1, 2)]) {
    // @ts-expect-error values are no series
    throws(() => findViolations(values, { max: 1 }), {
      name: "TypeError",
      message: /^Cannot find violations as the series must be \{ startMs, stepMs, values \}: found an /,
    });
  }
});
