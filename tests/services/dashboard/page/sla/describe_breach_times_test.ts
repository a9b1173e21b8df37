import { strictEqual } from "node:assert/strict";
import { describeBreachTimes } from "../../../../../services/dashboard/page/sla/describe_breach_times.ts";

const MINUTE_MS = 60_000;

const CASES: readonly [readonly [number | null, number | null, number | null], string | null][] = [
  [[null, null, null], null],
  [[3 * MINUTE_MS, 8 * MINUTE_MS, null], "10 % within the next 3 min, 50 % within 8 min"],
  [[3 * MINUTE_MS, 3 * MINUTE_MS, 3 * MINUTE_MS], "90 % within the next 3 min"],
  [[null, 150_000, 195_000], "50 % within the next 2 min 30 s, 90 % within 3 min 15 s"],
  [[0, 150_000, 195_000], "10 % at once, 50 % within 2 min 30 s, 90 % within 3 min 15 s"],
  [[null, 7_200_000, 7_215_000], "90 % within the next 2 h"],
];

for (const [[p10, p50, p90], words] of CASES) {
  Deno.test(`describeBreachTimes() says ${words} of ${p10}, ${p50}, ${p90}`, () => {
    strictEqual(describeBreachTimes({ p10, p50, p90 }), words);
  });
}
