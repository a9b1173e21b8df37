import { ok, strictEqual } from "node:assert/strict";
import { projectedEndMs } from "../../../../../services/dashboard/page/sla/projected_end.ts";

const DAY_MS = 86_400_000;

Deno.test("projectedEndMs() lets a chart reach where nothing is left, up to one window ahead", () => {
  for (const days of [0.5, 10, 23, 30]) {
    const endMs = projectedEndMs({ startMs: 0, nowMs: 30 * DAY_MS, exhaustedMs: (30 + days) * DAY_MS });
    ok(endMs > (30 + days) * DAY_MS && endMs < (32 + days) * DAY_MS, `${days}: ${endMs / DAY_MS}`);
  }
});

Deno.test("projectedEndMs() cuts what would press a young past into a corner", () => {
  strictEqual(projectedEndMs({ startMs: 0, nowMs: 3 * DAY_MS, exhaustedMs: 20 * DAY_MS }), 4 * DAY_MS);
});
