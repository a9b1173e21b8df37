import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { DomainError } from "../../../services/shared/domain/errors.ts";
import { until } from "../../support/until.ts";
import { beforeRead } from "./_change_source.ts";
import { openWorld, withPublish } from "./_open_world.ts";

Deno.test("startEtl() goes on with the other metrics when one cannot be read", async () => {
  await using world = openWorld({
    changeSource: beforeRead(({ expression }) => {
      if (expression.includes("node_load1")) throw new DomainError("unavailable", "its block is damaged");
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
    changeBus: (bus) =>
      withPublish(
        bus,
        async (topic, messages, signal) =>
          messages.some(({ value }) => isTooLarge(value))
            ? await Promise.reject(new DomainError("too-large", "Cannot publish as the message is too large"))
            : await bus.publish(topic, messages, signal),
      ),
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
  const { overruns, done } = (await world.get("/cycles")).body;
  deepStrictEqual([overruns, done], [1, 1]);
  ok((await world.metrics.expose()).includes("pronoia_etl_cycle_overruns_total 1"));
});

Deno.test("startEtl() ends at once in the middle of a cycle, which is no failure", async () => {
  const reading = Promise.withResolvers<void>();
  const world = openWorld({
    changeSource: beforeRead((_query, signal) => {
      reading.resolve();
      return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    }),
  });
  await reading.promise;
  await world[Symbol.asyncDispose]();
  const { items: [cycle] } = (await world.get("/cycles")).body;
  deepStrictEqual([cycle.state, cycle.reason], ["failed", "The service stopped"]);
  ok(!(await world.metrics.expose()).includes("pronoia_etl_cycles_total{"));
});
