import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { SlaEvent } from "../../../../services/shared/domain/sla/sla_event.ts";
import { formatUtc } from "../../../../services/shared/domain/units/quantity.ts";
import { create, openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const MINUTE = 60_000;

Deno.test("what is answered while a new or edited SLA is judged for the first time is never the old verdict", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 10 }]);
  const { read } = manager.source;
  let release = (): void => {};
  let reached = Promise.resolve();
  const hold = (): void => {
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    [release, reached] = [gate.resolve, asked.promise];
    manager.source.read = async (query, signal) => {
      asked.resolve();
      await gate.promise;
      return await read(query, signal);
    };
  };
  const answers = async () => {
    const [status, prediction] = await Promise.all(
      ["status", "predictions"].map(async (path) =>
        (await manager.json("GET", `/slas/${path}`)).body.items[0]
      ),
    );
    deepStrictEqual([prediction.state, prediction.reason], [status.state, status.reason]);
    return [status.state, status.reason, status.max, prediction.probability];
  };

  hold();
  const posted = manager.json("POST", "/slas", { name: "a", expression: "m", max: 20 });
  await reached;
  deepStrictEqual(await answers(), ["unknown", "not judged yet", 20, null]);
  release();
  const { body: { id } } = await posted;
  const stateNow = async () => (await manager.json("GET", `/slas/${id}/status`)).body.state;
  strictEqual(await stateNow(), "ok");

  hold();
  const put = manager.json("PUT", `/slas/${id}`, { name: "a", expression: "m", max: 3 });
  await reached;
  deepStrictEqual(await answers(), ["unknown", "not judged yet since the edit", 3, null]);
  release();
  await put;
  const { body: { state, reason } } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual([state, reason], ["violated", "10 is above the maximum of 3"]);
  strictEqual((await manager.json("GET", `/slas/${id}/prediction`)).body.probability, 1);

  hold();
  const renamed = manager.json("PUT", `/slas/${id}`, { name: "b", expression: "m", max: 3 });
  await reached;
  strictEqual(await stateNow(), "violated", "another name is no other verdict");
  release();
  await renamed;
});

Deno.test("what never had a sample is told of since it was asked for, not before", async () => {
  await using manager = openSlaManager({ stepMs: MINUTE });
  await manager.clock.advance(41_000);
  const id = await create(manager, { name: "x", expression: "none", max: 1 });
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
  const { body: { createdAtMs } } = await manager.json("GET", `/slas/${id}`);
  const { body: { state, sinceMs } } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual(items.map(({ to, atMs }: { to: string; atMs: number }) => [to, atMs]), [
    ["unknown", createdAtMs],
  ]);
  deepStrictEqual([state, sinceMs], ["unknown", createdAtMs]);
});

Deno.test("since when a state lasts is true by the definition as it is now, whatever is edited", async () => {
  await using manager = openSlaManager();
  // 12 from 40 to 30 minutes ago, 7 from 20 to 15 minutes ago.
  const valueAt = (timeMs: number) => {
    const agoMs = START_MS - timeMs;
    if (agoMs > 30 * MINUTE && agoMs <= 40 * MINUTE) return 12;
    return agoMs > 15 * MINUTE && agoMs <= 20 * MINUTE ? 7 : 5;
  };
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  const lookMs = START_MS - 60 * MINUTE;
  const draft = { name: "a", expression: "m", max: 20, warnMax: 15, noData: "unknown" };
  const id = await create(manager, draft);
  const since = async () => {
    const { body: { state, sinceMs, sinceAtLeast, series } } = await manager.json(
      "GET",
      `/slas/${id}/status`,
    );
    deepStrictEqual([series[0].sinceMs, series[0].sinceAtLeast], [sinceMs, sinceAtLeast]);
    return [state, sinceMs, sinceAtLeast] as const;
  };
  deepStrictEqual(await since(), ["ok", lookMs, true], "as far back as it was looked");
  const edits = [
    [{ max: 10, warnMax: null }, ["ok", START_MS - 30 * MINUTE, false], "max 20 → 10, warnMax 15 → none"],
    [{ max: 10, warnMax: 6 }, ["ok", START_MS - 14 * MINUTE, false], "warnMax none → 6"],
    [{ max: 10, warnMax: 4 }, ["at_risk", START_MS - 30 * MINUTE, false], "warnMax 6 → 4"],
    [{ max: 10, warnMax: 4, target: 0.9 }, ["at_risk", START_MS - 30 * MINUTE, false], null],
    [
      { max: 4.5, warnMax: 4, tolerance: "1m" },
      ["violated", lookMs, true],
      "max 10 → 4.5, tolerance 0s → 1m",
    ],
    [{}, ["ok", lookMs, true], "max 4.5 → 20, warnMax 4 → 15, tolerance 1m → 0s"],
  ] as const;
  const told: (readonly [string, string, number, boolean])[] = [];
  for (const [change, expected, edit] of edits) {
    strictEqual((await manager.json("PUT", `/slas/${id}`, { ...draft, ...change })).status, 200);
    deepStrictEqual(await since(), expected, JSON.stringify(change));
    if (edit !== null) told.unshift([edit, ...expected]);
  }
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
  const edited = items.filter(({ kind }: { kind: string }) => kind === "edited");
  // Most of these edits leave the state as it is: the event of the edit alone says since when by the new definition.
  deepStrictEqual(
    edited.map((
      { reason, state, sinceMs, sinceAtLeast }: SlaEvent,
    ) => [reason, state, sinceMs, sinceAtLeast]),
    told.map(([edit, state, sinceMs, sinceAtLeast]) => [
      `the definition changed: ${edit}; ${state.replace("_", " ")}${sinceAtLeast ? " at least" : ""} since ` +
      `${formatUtc(sinceMs)} by the new definition`,
      state,
      sinceMs,
      sinceAtLeast,
    ]),
  );
  const states = items.filter(({ kind }: { kind: string }) => kind === "state").reverse();
  deepStrictEqual(states.map(({ from, to }: { from: string; to: string }) => [from, to]), [
    [null, "ok"],
    ["ok", "at_risk"],
    ["at_risk", "violated"],
    ["violated", "ok"],
  ]);
  await manager.run(10 * MINUTE);
  deepStrictEqual(await since(), ["ok", lookMs, true], "and it stays so");
});

Deno.test("what has not been evaluated for long is unknown since then, not since it was known", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 5 }]);
  const id = await create(manager, { name: "a", expression: "m", max: 20 });
  const { body: { evaluatedAtMs } } = await manager.json("GET", `/slas/${id}/status`);
  await manager.clock.advance(10 * MINUTE);
  const { body: { items: [status] } } = await manager.json("GET", "/slas/status");
  deepStrictEqual([status.state, status.sinceMs, status.sinceAtLeast], [
    "unknown",
    evaluatedAtMs + 3 * MINUTE,
    false,
  ]);
});
