import { strictEqual } from "node:assert/strict";
import { describeBreachTimes } from "../../../../../services/dashboard/page/sla/describe_breach_times.ts";

const MINUTE_MS = 60_000;
const NOW = new Date(2026, 10, 23, 14, 30).getTime();

type Times = readonly [number | null, number | null, number | null];

function described([p10, p50, p90]: Times, ageMs = 0): string | null {
  return describeBreachTimes({ originMs: NOW - ageMs, timeToBreachMs: { p10, p50, p90 } }, NOW);
}

const CASES: readonly [Times, string | null][] = [
  [[null, null, null], null],
  [
    [3 * MINUTE_MS, 8 * MINUTE_MS, null],
    "10 % within the next 3 min (by 14:33), 50 % within 8 min (by 14:38)",
  ],
  [[3 * MINUTE_MS, 3 * MINUTE_MS, 3 * MINUTE_MS], "90 % within the next 3 min (by 14:33)"],
  [
    [null, 140_000, 195_000],
    "50 % within the next 2 min (by 14:32), 90 % within 3 min (by 14:33)",
  ],
  [
    [null, 150_000, 195_000],
    "50 % within the next 2 min 30 s (by 14:33), 90 % within 3 min 15 s (by 14:33)",
  ],
  [[0, 150_000, 210_000], "10 % by now, 50 % within 3 min (by 14:33), 90 % within 4 min (by 14:34)"],
  [[null, 7_200_000, 7_215_000], "90 % within the next 2 h (by 16:30)"],
];

for (const [times, words] of CASES) {
  Deno.test(`describeBreachTimes() says ${words} of ${times}`, () => strictEqual(described(times), words));
}

Deno.test("describeBreachTimes() counts from now, not from the newest sample", () => {
  const times = [2 * MINUTE_MS, 5 * MINUTE_MS, 9 * MINUTE_MS] as const;
  strictEqual(
    described(times, 90_000),
    "10 % within the next 30 s (by 14:31), 50 % within 4 min (by 14:34), 90 % within 8 min (by 14:38)",
  );
  strictEqual(
    described(times, 5 * MINUTE_MS),
    "50 % by now, 90 % within 4 min (by 14:34)",
  );
});
