import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { describeBand, heldLess, tellApart } from "../../../../../services/dashboard/page/format/backtest.ts";

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
    "One value of one forecast is too few to judge by.",
  );
  strictEqual(
    tellApart({ mae: 1.482, coverage: null }, { mae: 6.098, coverage: null, graded: 440, forecasts: 8 }),
    "The backtest had an error of 1.482: these figures are newer, but of 8 forecasts only.",
  );
  strictEqual(
    tellApart({ mae: 1.482, coverage: null }, { mae: 6.098, coverage: null, graded: 59, forecasts: 8 }),
    "59 values of 8 forecasts are too few to judge by.",
  );
  strictEqual(
    tellApart({ mae: 1.482, coverage: null }, { mae: 6.098, coverage: null, graded: 120, forecasts: 3 }),
    "120 values of 3 forecasts are too few to judge by.",
  );
});

Deno.test("heldLess() speaks up where intervals hold clearly less than they promise", () => {
  strictEqual(heldLess(0.764, 0.95), "held 76 % in the backtest");
  strictEqual(heldLess(0.93, 0.95), undefined);
  strictEqual(heldLess(null, 0.95), undefined);
});

Deno.test("describeBand() names every band, and says of one that held clearly less than it promises that it did", () => {
  const label = "95 % interval, held 66 % in the backtest: trust it less";
  deepStrictEqual(describeBand(0.66, 0.95), { label, isUnsure: true });
  for (const coverage of [0.93, 1, null, undefined]) {
    deepStrictEqual(describeBand(coverage, 0.95), { label: "95 % interval", isUnsure: false });
  }
});
