import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { DomainError } from "../../../services/shared/domain/errors.ts";
import { captureLog } from "../../support/capture_log.ts";
import { until } from "../../support/until.ts";
import { EVERYTHING, openWorld, withPublish } from "./_open_world.ts";

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
  using log = captureLog("json");
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
  const line = log.lines.map((line) => JSON.parse(line)).find(({ msg }) =>
    msg === "cycle failed: connection refused"
  );
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
});

Deno.test("startEtl() logs a failure that stays the same less and less often, and how many there were", async () => {
  let refusals = 0;
  using log = captureLog("json");
  const told = (): { msg: string; times?: number; failedBefore?: number }[] =>
    log.lines.map((line) => JSON.parse(line));
  await using world = openWorld({
    changeSource: (source) => ({
      ...source,
      nowMs: (signal) =>
        ++refusals <= 6 ? Promise.reject(new DomainError("unavailable", "away")) : source.nowMs(signal),
    }),
  });
  const done = () => told().find(({ msg }) => msg.startsWith("cycle done"));
  await until(async () => {
    await world.clock.advance(1_000);
    return done() !== undefined;
  }, "the end of the outage");
  deepStrictEqual(told().flatMap(({ times }) => times ?? []), [1, 2, 4]);
  strictEqual(done()?.failedBefore, 6);
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
      withPublish(bus, async (...message) => {
        // Figures come first, then what is chosen in full.
        if (++published > 1) await held.promise;
        await bus.publish(...message);
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
      withPublish(
        bus,
        async (...message) =>
          isDown
            ? await Promise.reject(new DomainError("unavailable", "broker down"))
            : await bus.publish(...message),
      ),
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
