import { ok } from "node:assert/strict";
import { systemClock } from "../../../../services/shared/runtime/clock.ts";

Deno.test("systemClock sleeps for months as well, or as long as a timer can", async () => {
  const stop = new AbortController();
  let woke = false;
  const sleeping = systemClock.sleep(60 * 86_400_000, stop.signal).then(() => woke = true);
  await systemClock.sleep(20);
  ok(!woke);
  stop.abort();
  await sleeping;
});
