import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { createReadiness } from "../../../../services/shared/runtime/health.ts";
import { watchDependencies } from "../../../../services/shared/runtime/watch_dependencies.ts";
import { FakeClock } from "../../../support/fake_clock.ts";

const MINUTE = 60_000;

Deno.test("watchDependencies() dates an outage by when it began, whenever somebody looks", async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  let up = true;
  const source = { ping: () => up ? Promise.resolve() : Promise.reject(new Error("connection refused")) };
  const watching = watchDependencies([source], { clock, signal: stop.signal });
  await clock.advance(10 * MINUTE + 1_000);
  up = false;
  const lostAtMs = clock.nowMs();
  await clock.advance(30 * MINUTE);
  // Services of one process share what they need: each tells the same of it.
  for (const name of ["metrics_source", "sla.metrics_source"]) {
    const { dependencies } = await createReadiness({ clock, dependencies: { [name]: source } })();
    const { failingSinceMs = 0, lastOkAtMs = 0 } = dependencies[name];
    ok(lastOkAtMs <= lostAtMs && lostAtMs <= failingSinceMs, "it was lost between the two");
    ok(failingSinceMs - lastOkAtMs <= 5_000);
  }
  stop.abort();
  await watching;
  strictEqual(clock.sleeping, 0);
});

Deno.test("watchDependencies() dates one that hangs by when it was asked", async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  const startMs = clock.nowMs();
  let isHung = false;
  const store = { ping: () => isHung ? new Promise<void>(() => {}) : Promise.resolve() };
  const watching = watchDependencies([store], { clock, signal: stop.signal });
  await clock.advance(1_000);
  isHung = true;
  await clock.advance(MINUTE);
  const readiness = createReadiness({ clock, dependencies: { store } })();
  await clock.advance(3_000);
  const { failingSinceMs, lastOkAtMs } = (await readiness).dependencies.store;
  deepStrictEqual([lastOkAtMs, failingSinceMs], [startMs, startMs + 5_000]);
  stop.abort();
  await clock.advance(3_000);
  await watching;
});

Deno.test("watchDependencies() asks each dependency once a time, and of one that never was there tells no last time", async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  let pings = 0;
  const gone = { ping: () => Promise.reject(new Error(`down, ${++pings}`)) };
  const watching = watchDependencies([gone, gone], { clock, signal: stop.signal });
  await clock.advance(MINUTE - 1);
  strictEqual(pings, 12);
  const { failingSinceMs, lastOkAtMs } =
    (await createReadiness({ clock, dependencies: { gone } })()).dependencies.gone;
  deepStrictEqual([failingSinceMs, lastOkAtMs], [clock.nowMs() - MINUTE + 1, undefined]);
  stop.abort();
  await watching;
});
