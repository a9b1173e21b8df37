import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { DomainError } from "../../../services/shared/domain/errors.ts";
import { create, openSlaManager, START_MS } from "../../support/sla_manager.ts";

const MINUTE = 60_000;
const calm = (timeMs: number) => 5 + Math.sin(timeMs / 50_000);

Deno.test("a source dead for 15 minutes: predictions expire, then are unknown; the state is unknown, never ok", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: { __name__: "m" }, valueAt: calm }]);
  const id = await create(manager, { name: "a", expression: "m", max: 100, noData: "ok" });
  strictEqual((await manager.json("GET", `/slas/${id}/prediction`)).body.state, "fresh");
  manager.source.down = true;
  const seen: string[] = [];
  for (let minute = 0; minute < 15; minute++) {
    await manager.run(MINUTE);
    const { body: prediction } = await manager.json("GET", `/slas/${id}/prediction`);
    const { body: status } = await manager.json("GET", `/slas/${id}/status`);
    strictEqual(status.state, "unknown");
    strictEqual(
      status.reason,
      "Prometheus at one:9090 can't be read since 2026-01-01 00:00:30 UTC: it refuses connections",
    );
    strictEqual(prediction.probability, null);
    strictEqual((await manager.json("GET", `/slas/${id}/prediction?horizon=1h`)).body.probability, null);
    if (seen.at(-1) !== prediction.state) seen.push(prediction.state);
  }
  deepStrictEqual(seen, ["expired", "unknown"]);
  manager.source.down = false;
  await manager.run(MINUTE);
  strictEqual((await manager.json("GET", `/slas/${id}/status`)).body.state, "ok");
  strictEqual((await manager.json("GET", `/slas/${id}/prediction`)).body.state, "fresh");
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
  deepStrictEqual(items.map(({ to }: { to: string }) => to).reverse(), ["ok", "unknown", "ok"]);
  strictEqual(
    (await manager.json("GET", `/slas/${id}/budget`)).body.missingMs,
    0,
    "samples of the outage count",
  );
});

Deno.test("the time in which the source was away is unknown in the history, and in since when", async () => {
  await using manager = openSlaManager({ stepMs: 5_000, settings: { intervalMs: 5_000 } });
  const valueAt = (timeMs: number) => 10 + (timeMs - START_MS) / 600_000;
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  const ids = [
    await create(manager, { name: "in", expression: "m", max: 100 }),
    await create(manager, { name: "out", expression: "m", max: 5 }),
  ];
  await manager.run(MINUTE);
  manager.source.down = true;
  await manager.run(2 * MINUTE);
  manager.source.down = false;
  await manager.run(MINUTE);
  for (const [k, id] of ids.entries()) {
    const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
    const state = ["ok", "violated"][k];
    const end = START_MS + 3 * MINUTE;
    deepStrictEqual(
      items.slice(0, 2).map(({ from, to, atMs, value }: Record<string, unknown>) => [from, to, atMs, value]),
      [
        ["unknown", state, end, valueAt(end)],
        [state, "unknown", START_MS + MINUTE + 5_000, null],
      ],
    );
    // By its samples it was so before, where the violations begin as well.
    const { body: status } = await manager.json("GET", `/slas/${id}/status`);
    const { body: { intervals: [violation] } } = await manager.json(
      "GET",
      `/slas/${id}/violations?window=12h`,
    );
    deepStrictEqual([status.knownSinceMs, status.sinceAtLeast], [end, state === "ok"]);
    strictEqual(status.sinceMs, START_MS - (state === "ok" ? 60 * MINUTE : 50 * MINUTE - 5_000));
    if (state === "violated") strictEqual(violation.fromMs, status.sinceMs);
  }
});

Deno.test("an answer that was cut short is no answer: nothing is missing, the state is unknown", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 5 }]);
  const id = await create(manager, { name: "a", expression: "m", max: 100, target: 0.9, budgetWindow: "2h" });
  const { read } = manager.source;
  manager.source.read = async (query, signal) => ({
    ...await read(query, signal),
    series: [],
    warnings: ["results truncated due to limit"],
    incomplete: true,
  });
  await manager.run(MINUTE);
  const status = (await manager.json("GET", `/slas/${id}/status`)).body;
  deepStrictEqual([status.state, status.reason], [
    "unknown",
    "Cannot judge an incomplete answer: results truncated due to limit",
  ]);
  await rejects(manager.evaluator.backfill(id), { code: "unavailable" });
  strictEqual((await manager.json("GET", `/slas/${id}/violations`)).status, 503);
  manager.source.read = read;
  await manager.run(MINUTE);
  while (await manager.evaluator.backfill(id));
  const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
  deepStrictEqual([budget.missingMs, budget.badMs], [0, 0]);
});

Deno.test("one bad SLA among many neither delays nor blackens the others", async () => {
  await using manager = openSlaManager({ settings: { readTimeoutMs: 50 } });
  const bad = new Set(["hangs", "throws", "refused"]);
  const read = manager.source.read;
  const inspect = manager.source.inspect;
  let broken = false;
  manager.source.inspect = (expression) => bad.has(expression) ? inspect("m1") : inspect(expression);
  manager.source.read = (query, signal) => {
    if (broken && query.expression === "hangs") return new Promise(() => {});
    if (broken && query.expression === "throws") return Promise.reject(new TypeError("a bug"));
    if (broken && query.expression === "refused") {
      return Promise.reject(new DomainError("invalid", "parse error"));
    }
    return read(query, signal);
  };
  for (const name of [...bad, ...Array.from({ length: 20 }, (_, n) => `m${n}`)]) {
    manager.source.series.set(name, [{ labels: { __name__: name }, valueAt: calm }]);
    await create(manager, { name, expression: name, max: 100 });
  }
  broken = true;
  await manager.run(5 * MINUTE);
  const { body: { items } } = await manager.json("GET", "/slas/status");
  for (const { name, state, evaluationAgeMs } of items) {
    if (bad.has(name)) strictEqual(state, "unknown", name);
    else deepStrictEqual([state, evaluationAgeMs], ["ok", 0], name);
  }
  const { body: violations } = await manager.json("GET", "/slas/violations");
  strictEqual(violations.items.find(({ name }: { name: string }) => name === "refused").count, null);
});

Deno.test("an infinite sample, as of a division by zero, keeps no series from its prediction", async () => {
  await using manager = openSlaManager();
  const ratio = (timeMs: number) =>
    timeMs % (10 * MINUTE) === 0 ? Infinity : timeMs % (7 * MINUTE) === 0 ? -Infinity : 5;
  const calm = { labels: { host: "calm" }, valueAt: () => 5 };
  manager.source.series.set("m", [{ labels: { host: "ratio" }, valueAt: ratio }, calm]);
  await manager.clock.advance(MINUTE);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  for (const path of ["prediction", "prediction?horizon=2h"]) {
    const { series } = (await manager.json("GET", `/slas/${id}/${path}`)).body;
    deepStrictEqual(series.map(({ state }: { state: string }) => state), ["fresh", "fresh"], path);
  }
  const preview = await manager.json("POST", "/slas/preview", { name: "b", expression: "m", max: 100 });
  strictEqual(preview.body.prediction.state, "fresh");
  deepStrictEqual(manager.problems, []);
});
