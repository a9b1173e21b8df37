import { strictEqual } from "node:assert/strict";
import { firstTickMs, lastTickMs, nextTickMs } from "../../../../services/sla_manager/judging/tick.ts";

const TICK_MS = 1_767_225_600_000;

for (
  const [what, startMs, nextMs] of [
    ["on time", TICK_MS, TICK_MS + 30_000],
    ["between two", TICK_MS + 17_000, TICK_MS + 30_000],
    ["a little early", TICK_MS - 2, TICK_MS + 30_000],
    ["early by more than a timer is", TICK_MS - 2_000, TICK_MS],
  ] as const
) {
  Deno.test(`nextTickMs() is a multiple of the interval for what begins ${what}`, () =>
    strictEqual(nextTickMs(startMs, 30_000), nextMs));
}

Deno.test("lastTickMs() is the newest multiple of the interval, the moment itself included", () => {
  strictEqual(lastTickMs(TICK_MS, 30_000), TICK_MS);
  strictEqual(lastTickMs(TICK_MS + 29_999, 30_000), TICK_MS);
});

Deno.test("firstTickMs() is the next multiple of the interval, the moment itself included", () => {
  strictEqual(firstTickMs(TICK_MS, 30_000), TICK_MS);
  strictEqual(firstTickMs(TICK_MS + 1, 30_000), TICK_MS + 30_000);
});
