import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { DomainError } from "../../../services/shared/domain/errors.ts";
import { configureLog, resetLog } from "../../../services/shared/runtime/log.ts";
import { until } from "../../support/until.ts";
import { EVERYTHING, openWorld } from "./_open_world.ts";

Deno.test("startEtl() goes on with the other metrics when one cannot be read", async () => {
  await using world = openWorld({
    changeSource: (source) => ({
      ...source,
      read: (query, signal) =>
        query.expression.includes("node_load1")
          ? Promise.reject(new DomainError("unavailable", "its block is damaged"))
          : source.read(query, signal),
    }),
  });
  const cycle = await world.untilCycles(1);
  deepStrictEqual([cycle.state, cycle.dropped, cycle.droppedBy], [
    "done",
    1,
    { empty: 0, failed: 0, unread: 1, unselected: 0 },
  ]);
  deepStrictEqual(cycle.warnings, [
    "Dropped unread: 1 series, such as node_load1. Its samples could not be read: its block is damaged",
  ]);
  const { body } = await world.get(`/cycles/${cycle.id}/series`);
  const dropped = body.items.filter(({ state }: { state: string }) => state === "dropped");
  deepStrictEqual(
    dropped.map(({ series, reason }: { series: { name: string }; reason: string }) => [series.name, reason]),
    [
      ["node_load1", "Its samples could not be read: its block is damaged"],
    ],
  );
});

Deno.test("startEtl() drops series without usable values, with the reason", async () => {
  await using world = openWorld({
    changeSource: (source) => ({
      ...source,
      async read(query, signal) {
        const reading = await source.read(query, signal);
        return query.expression.includes('"up"') ? { ...reading, series: [] } : reading;
      },
    }),
  });
  const cycle = await world.untilCycles(1);
  const { body } = await world.get(`/cycles/${cycle.id}/series`);
  const up = body.items.find(({ series }: { series: { name: string } }) => series.name === "up");
  deepStrictEqual([up.state, up.reason], ["dropped", "There are no usable values in the window"]);
  deepStrictEqual(cycle.warnings, [
    "Dropped as they have no usable values in the window: 1 series, such as up",
  ]);
});

Deno.test("startEtl() goes on with the other series when the messages of one are larger than the bus takes", async () => {
  const isTooLarge = (value: Uint8Array | null) =>
    new TextDecoder().decode(value ?? undefined).includes('"node_load1"');
  await using world = openWorld({
    changeBus: (bus) => ({
      ...bus,
      publish: (topic, messages, signal) =>
        messages.some(({ value }) => isTooLarge(value))
          ? Promise.reject(new DomainError("too-large", "Cannot publish as the message is too large"))
          : bus.publish(topic, messages, signal),
    }),
  });
  const cycle = await world.untilCycles(1);
  strictEqual(cycle.state, "done");
  const { body } = await world.get(`/cycles/${cycle.id}/series`);
  const told = body.items.map((
    { series, problems = [] }: { series: { name: string }; problems?: string[] },
  ) => [series.name, problems.includes("Cannot publish as the message is too large")]);
  deepStrictEqual(told.filter(([, isTold]: [string, boolean]) => isTold).map(([name]: [string]) => name), [
    "node_load1",
  ]);
  const published = new Set((await world.messages()).map(({ series }) => series.id));
  strictEqual(published.size, body.items.length - 1);
});

Deno.test("startEtl() fails a cycle without its source, publishes nothing, and recovers", async () => {
  let isDown = true;
  await using world = openWorld({
    changeSource: (source) => {
      const guard =
        <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) => (...args: Args) =>
          isDown ? Promise.reject(new DomainError("unavailable", "connection refused")) : work(...args);
      return {
        ...source,
        nowMs: guard(source.nowMs),
        discover: guard(source.discover),
        read: guard(source.read),
        ping: guard(source.ping),
      };
    },
  });
  const failed = await world.untilCycles(1);
  deepStrictEqual([failed.state, failed.reason], ["failed", "connection refused"]);
  deepStrictEqual(await world.messages(), []);
  const { status, body } = await world.get("/readyz");
  strictEqual(status, 503);
  ok(body.dependencies.metrics_source.reason.includes("connection refused"));
  isDown = false;
  await until(() => world.clock.sleeping > 0);
  // Not a whole interval later, as it is to be ready again within 30 s.
  await world.clock.advance(15_000);
  strictEqual((await world.untilCycles(2)).state, "done");
});

Deno.test("startEtl() gives a cycle up whose source goes away, keeps what was read, and says why the rest was not", async () => {
  let isDown = false;
  let reads = 0;
  const lines: Record<string, unknown>[] = [];
  configureLog({ service: "etl", write: (line) => lines.push(JSON.parse(line)) });
  try {
    await using world = openWorld({
      variables: EVERYTHING,
      changeSource: (source) => ({
        ...source,
        ping: (signal) =>
          isDown ? Promise.reject(new DomainError("unavailable", "connection refused")) : source.ping(signal),
        read: (query, signal) => {
          isDown ||= reads === 5;
          reads++;
          return isDown
            ? Promise.reject(new DomainError("unavailable", `no answer to ${query.expression}`))
            : source.read(query, signal);
        },
      }),
    });
    const failed = await world.untilCycles(1);
    const { kept, dropped, droppedBy, published, warnings } = failed;
    deepStrictEqual([failed.state, failed.reason, warnings], ["failed", "connection refused", []]);
    // The five that were answered, and no more than were under way meanwhile.
    ok(reads <= 5 + 6, `${reads}`);
    ok(kept >= 5 && dropped > 6, `${kept} and ${dropped}`);
    deepStrictEqual(droppedBy, { empty: 0, failed: 0, unread: dropped, unselected: 0 });
    deepStrictEqual([published.statistics, published.forecast], [3 * kept, kept]);
    const line = lines.find(({ msg }) => msg === "cycle failed: connection refused");
    deepStrictEqual([line?.kept, line?.dropped, line?.droppedBy], [kept, dropped, { unread: dropped }]);
    const { body } = await world.get(`/cycles/${failed.id}/series?limit=1000`);
    const told = body.items.filter(({ reason }: { reason?: string }) =>
      reason === "Its samples could not be read: connection refused"
    );
    strictEqual(told.length, dropped);
    isDown = false;
    await until(() => world.clock.sleeping > 0);
    await world.clock.advance(15_000);
    const back = await world.untilCycles(2);
    deepStrictEqual([back.state, back.kept, back.dropped], ["done", kept + dropped, 0]);
  } finally {
    resetLog();
  }
});

Deno.test("startEtl() logs a failure that stays the same less and less often, and how many there were", async () => {
  let isDown = true;
  const lines: { msg: string; times?: number; failedBefore?: number }[] = [];
  configureLog({ service: "etl", write: (line) => lines.push(JSON.parse(line)) });
  try {
    await using world = openWorld({
      changeSource: (source) => ({
        ...source,
        nowMs: (signal) =>
          isDown ? Promise.reject(new DomainError("unavailable", "away")) : source.nowMs(signal),
      }),
    });
    const untilEnded = (count: number) =>
      until(async () => {
        const { items } = (await world.get("/cycles")).body;
        if (items.filter(({ state }: { state: string }) => state !== "running").length >= count) return true;
        await world.clock.advance(1_000);
        return false;
      });
    await untilEnded(6);
    isDown = false;
    await untilEnded(7);
    deepStrictEqual(lines.flatMap(({ times }) => times ?? []), [1, 2, 4]);
    const done = () => lines.find(({ msg }) => msg.startsWith("cycle done"));
    await until(() => done() !== undefined, "the end of the outage");
    strictEqual(done()?.failedBefore, 6);
  } finally {
    resetLog();
  }
});

Deno.test("startEtl() is ready again with what the first cycle publishes, however long that cycle takes", async () => {
  let isDown = true;
  let published = 0;
  const held = Promise.withResolvers<void>();
  await using world = openWorld({
    changeSource: (source) => ({
      ...source,
      nowMs: (signal) =>
        isDown ? Promise.reject(new DomainError("unavailable", "away")) : source.nowMs(signal),
    }),
    changeBus: (bus) =>
      new Proxy(bus, {
        get: (target, name) => {
          const value = Reflect.get(target, name);
          if (name !== "publish") return typeof value === "function" ? value.bind(target) : value;
          // Figures come first, then what is chosen in full.
          return async (...args: Parameters<typeof bus.publish>) => {
            if (++published > 1) await held.promise;
            await target.publish(...args);
          };
        },
      }),
  });
  strictEqual((await world.untilCycles(1)).state, "failed");
  strictEqual((await world.get("/readyz")).status, 503);
  isDown = false;
  await until(() => world.clock.sleeping > 0);
  await world.clock.advance(10_000);
  await until(() => published > 1);
  await until(async () => {
    await world.clock.advance(1_000);
    return (await world.get("/readyz")).status === 200;
  });
  strictEqual((await world.get("/cycles")).body.items[0].state, "running");
  held.resolve();
  strictEqual((await world.untilCycles(2)).state, "done");
});

Deno.test("startEtl() loses no metadata to a bus that was down", async () => {
  let isDown = true;
  await using world = openWorld({
    changeBus: (bus) =>
      new Proxy(bus, {
        get: (target, name) => {
          const value = Reflect.get(target, name);
          if (name === "publish" && isDown) {
            return () => Promise.reject(new DomainError("unavailable", "broker down"));
          }
          return typeof value === "function" ? value.bind(target) : value;
        },
      }),
  });
  deepStrictEqual([(await world.untilCycles(1)).state, (await world.untilCycles(1)).reason], [
    "failed",
    "broker down",
  ]);
  isDown = false;
  await until(() => world.clock.sleeping > 0);
  await world.clock.advance(60_000);
  const { state, published, kept } = await world.untilCycles(2);
  deepStrictEqual([state, published], ["done", {
    metadata: kept,
    statistics: 3 * kept,
    forecast: 2 * kept,
  }]);
});

Deno.test("startEtl() never overlaps cycles, and counts one that takes too long", async () => {
  const held = Promise.withResolvers<void>();
  let reads = 0;
  await using world = openWorld({
    changeSource: (source) => ({
      ...source,
      async discover(selection, signal) {
        reads++;
        await held.promise;
        return await source.discover(selection, signal);
      },
    }),
  });
  await until(() => reads === 1);
  await world.clock.advance(150_000);
  strictEqual(reads, 1);
  held.resolve();
  const cycle = await world.untilCycles(1);
  ok(cycle.overran);
  strictEqual((await world.get("/cycles")).body.overruns, 1);
  ok((await world.metrics.expose()).includes("pronoia_etl_cycle_overruns_total 1"));
});

Deno.test("startEtl() ends at once in the middle of a cycle, which is no failure", async () => {
  const reading = Promise.withResolvers<void>();
  const world = openWorld({
    changeSource: (source) => ({
      ...source,
      async read(query, signal) {
        reading.resolve();
        await new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
        return await source.read(query, signal);
      },
    }),
  });
  await reading.promise;
  await world[Symbol.asyncDispose]();
  const { items: [cycle] } = (await world.get("/cycles")).body;
  deepStrictEqual([cycle.state, cycle.reason], ["failed", "The service stopped"]);
  ok(!(await world.metrics.expose()).includes("pronoia_etl_cycles_total{"));
});
