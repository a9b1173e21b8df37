import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { errorBudget, findViolations } from "@pronoia/analytics";

Deno.test("errorBudget() of a half-spent budget as worked by hand", () => {
  const values = Array.from({ length: 100 }, (_, t) => t === 7 ? 11 : 1);
  const violations = findViolations({ startMs: 0, stepMs: 60_000, values }, { max: 10 });
  deepStrictEqual(errorBudget(violations, { target: 0.98 }), {
    compliance: 0.99,
    budget: 0.02,
    consumed: 0.5,
    burnRate: 0.5,
  });
  strictEqual(errorBudget(violations, { target: 0.98, windowMs: 10 * 6_000_000 }).consumed, 0.05);
});

Deno.test("errorBudget() is null over a budget of 0 and where nothing was observed", () => {
  deepStrictEqual(errorBudget({ samples: 10, violating: 1, stepMs: 1 }, { target: 1 }), {
    compliance: 0.9,
    budget: 0,
    consumed: null,
    burnRate: null,
  });
  deepStrictEqual(errorBudget({ samples: 0, violating: 0, stepMs: 1 }, { target: 0.9 }), {
    compliance: null,
    budget: 0.1,
    consumed: null,
    burnRate: null,
  });
});

Deno.test("errorBudget() refuses targets outside (0, 1]", () => {
  for (const target of [0, -1, 1.1, NaN]) {
    throws(() => errorBudget({ samples: 1, violating: 0, stepMs: 1 }, { target }), RangeError);
  }
});
