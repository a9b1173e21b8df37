import { deepStrictEqual, throws } from "node:assert/strict";
import { counterRate } from "@pronoia/analytics";

Deno.test("counterRate() counts a reset from 0", () => {
  const { values } = counterRate({ timesMs: [0, 1000, 2000, 3000], values: [10, 14, 3, 3] });
  deepStrictEqual([...values], [NaN, 4, 3, 0]);
});

Deno.test("counterRate() leaves gaps missing and spreads the increase behind them", () => {
  const { timesMs, values } = counterRate({ timesMs: [0, 1000, 2000, 3000], values: [NaN, 5, NaN, 9] });
  deepStrictEqual([...timesMs], [0, 1000, 2000, 3000]);
  deepStrictEqual([...values], [NaN, NaN, NaN, 2]);
});

Deno.test("counterRate() throws on times out of order and on what is no counter", () => {
  throws(() => counterRate({ timesMs: [0, 0], values: [1, 2] }), {
    name: "RangeError",
    message: "Cannot compute the rate of a counter as times must increase: found 0 after 0 at index 1",
  });
  throws(() => counterRate({ timesMs: [0], values: [-1] }), {
    message: "Cannot compute the rate of a counter as a counter is never negative: value at index 0 is -1",
  });
  throws(() => counterRate({ timesMs: [0, 1], values: [0, 1e308] }), RangeError);
});
