import { strictEqual } from "node:assert/strict";
import { lastedMs } from "../../../../../services/dashboard/page/sla/lasted_ms.ts";

Deno.test("lastedMs() counts no part of a step that is still to come", () => {
  const interval = { fromMs: 60_000, toMs: 120_000 };
  strictEqual(lastedMs(interval, 105_000), 45_000);
  strictEqual(lastedMs(interval, 300_000), 60_000);
  // By a clock that is a little behind.
  strictEqual(lastedMs(interval, 59_000), 0);
});
