import { ok, rejects, strictEqual } from "node:assert/strict";
import { openEmbeddedBus } from "../../../../../services/shared/adapters/embedded/embedded_bus.ts";
import { openSqliteConnection } from "../../../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { testMessageBus } from "../../../../contracts/message_bus.ts";
import { until } from "../../../../support/until.ts";

const folder = Deno.makeTempDirSync();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

testMessageBus("EmbeddedBus", {
  open: (name) =>
    openEmbeddedBus(openSqliteConnection({ path: `${folder}/${name}.sqlite` }), { retryMinMs: 1 }),
  test: (name, body) => Deno.test(name, body),
});

const one = [{ key: "k", value: new Uint8Array([1]) }];

Deno.test("openEmbeddedBus() makes publishers wait while a group is behind", async () => {
  await using bus = openEmbeddedBus(openSqliteConnection({ path: ":memory:" }), {
    pendingMax: 2,
    publishTimeoutMs: 1,
    retryMinMs: 1,
  });
  const stop = new AbortController();
  const blocked = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const done = bus.subscribe("t", async () => {
    entered.resolve();
    await blocked.promise;
  }, { group: "g", signal: stop.signal });
  await bus.publish("t", one);
  await entered.promise;
  await bus.publish("t", one);
  await rejects(bus.publish("t", one), { name: "DomainError", code: "unavailable" });
  blocked.resolve();
  await until(async () => (await bus.lag("t", "g"))[0].lag === 0);
  await bus.publish("t", one);
  stop.abort();
  await done;
});

Deno.test("openEmbeddedBus() keeps the newest of a topic that nobody reads, and a thousand handled ones", async () => {
  await using bus = openEmbeddedBus(openSqliteConnection({ path: ":memory:" }));
  const many = Array.from({ length: 1_000 }, () => one[0]);
  for (let k = 0; k < 12; k++) await bus.publish("unread", many);
  const oldest = Number((await bus.browse("unread", { limit: 1 }))[0].offset);
  strictEqual(oldest, 2_000);

  const stop = new AbortController();
  let handled = 0;
  const done = bus.subscribe("read", (batch) => {
    handled += batch.length;
    return Promise.resolve();
  }, { group: "g", signal: stop.signal });
  for (let k = 0; k < 4; k++) {
    await bus.publish("read", many);
    await until(async () => (await bus.lag("read", "g"))[0].lag === 0);
  }
  stop.abort();
  await done;
  strictEqual(handled, 4_000);
  ok(Number((await bus.browse("read", { limit: 1 }))[0].offset) >= 2_000);
});
