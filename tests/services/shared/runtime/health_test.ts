import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createReadiness } from "../../../../services/shared/runtime/health.ts";
import { FakeClock } from "../../../support/fake_clock.ts";

Deno.test("createReadiness() asks a dependency once for many askers, and again when 2 s are over", async () => {
  const clock = new FakeClock();
  let pings = 0;
  const readiness = createReadiness({
    clock,
    dependencies: { store: { ping: () => Promise.resolve(void pings++) } },
  });
  await Promise.all(Array.from({ length: 100 }, readiness));
  strictEqual(pings, 1);
  await clock.advance(2_000);
  await readiness();
  strictEqual(pings, 2);
});

Deno.test("createReadiness() sees a loss and a return", async () => {
  const clock = new FakeClock();
  let up = true;
  const ping = () => up ? Promise.resolve() : Promise.reject(new Error("connection refused"));
  const readiness = createReadiness({ clock, dependencies: { store: { ping } } });
  strictEqual((await readiness()).status, "ok");
  const lastOkAtMs = clock.nowMs();
  up = false;
  await clock.advance(2_000);
  deepStrictEqual((await readiness()).dependencies.store, {
    status: "failing",
    reason: "connection refused",
    failingSinceMs: clock.nowMs(),
    lastOkAtMs,
    checkedAtMs: clock.nowMs(),
  });
  const lostMs = clock.nowMs();
  await clock.advance(2_000);
  const { dependencies: { store } } = await readiness();
  deepStrictEqual([store.failingSinceMs, store.lastOkAtMs], [lostMs, lastOkAtMs]);
  up = true;
  await clock.advance(2_000);
  strictEqual((await readiness()).status, "ok");
  strictEqual((await readiness()).dependencies.store.failingSinceMs, undefined);
});

Deno.test("createReadiness() does not wait for a dependency that hangs, and ends its ping", async () => {
  const clock = new FakeClock();
  let ended = false;
  const ping = (signal?: AbortSignal) => {
    signal?.addEventListener("abort", () => ended = true);
    return new Promise<void>(() => {});
  };
  const readiness = createReadiness({ clock, dependencies: { hung: { ping } } });
  const answer = readiness();
  await clock.advance(3_000);
  strictEqual((await answer).dependencies.hung.reason, "no answer within 3 s");
  strictEqual(ended, true);
  strictEqual(clock.sleeping, 0);
});
