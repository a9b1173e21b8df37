import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { openSqlSlaStore } from "../../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { DomainError } from "../../../services/shared/domain/errors.ts";
import type { SlaStore } from "../../../services/shared/ports/sla_store.ts";
import { createLocalMaths, type Maths } from "../../../services/sla_manager/prediction/maths.ts";
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
    strictEqual(status.sinceMs, state === "ok" ? START_MS + MINUTE : START_MS - 50 * MINUTE + 5_000);
    if (state === "violated") strictEqual(violation.fromMs, status.sinceMs);
  }
});

Deno.test("a series that vanishes is unknown, then counts no more, and its alert ends", async () => {
  await using manager = openSlaManager({
    settings: { intervalMs: 10 * MINUTE, channels: ["webhook"], choicesMax: { quick: 0, full: 0 } },
  });
  const gone = (timeMs: number) => timeMs < START_MS + MINUTE ? 200 : NaN;
  manager.source.series.set("m", [
    { labels: { pod: "a" }, valueAt: gone },
    { labels: { pod: "b" }, valueAt: calm },
  ]);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  await manager.run(60 * MINUTE);
  const { body } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual([body.state, body.series.length], ["unknown", 2]);
  strictEqual((await manager.store.outbox.peek("webhook", 9)).length, 1, "not knowing is no recovery");
  await manager.run(24 * 60 * MINUTE);
  strictEqual((await manager.json("GET", `/slas/${id}/status`)).body.state, "ok");
  const messages = await manager.store.outbox.peek("webhook", 9);
  deepStrictEqual(messages.map(({ alert }) => alert.endsAtMs === null), [true, false]);
  const { body: events } = await manager.json("GET", `/slas/${id}/events`);
  strictEqual(events.items[0].kind, "forgotten");
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

Deno.test("a store that is away for a while loses nothing and counts nothing twice", async () => {
  const inner = openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
  let away = false;
  let answerLost = false;
  const unavailable = new DomainError("unavailable", "Cannot reach the database");
  const store: SlaStore = {
    ...inner,
    progress: {
      ...inner.progress,
      load: async (...args) => away ? await Promise.reject(unavailable) : await inner.progress.load(...args),
      commit: async (steps) => {
        if (away) throw unavailable;
        const results = await inner.progress.commit(steps);
        if (!answerLost) return results;
        answerLost = false;
        throw unavailable;
      },
    },
  };
  await using manager = openSlaManager({ store, settings: { settleMs: 0 } });
  const valueAt = (timeMs: number) =>
    timeMs >= START_MS + 5 * MINUTE && timeMs < START_MS + 10 * MINUTE ? 200 : 5;
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  await manager.run(2 * MINUTE);
  away = true;
  await manager.run(6 * MINUTE);
  strictEqual(
    (await manager.json("GET", `/slas/${id}/status`)).body.state,
    "violated",
    "readers see it all the same",
  );
  away = false;
  answerLost = true;
  await manager.run(10 * MINUTE);
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
  deepStrictEqual(
    items.map(({ to, atMs }: { to: string; atMs: number }) => [to, (atMs - START_MS) / MINUTE]).reverse()
      .slice(1),
    [["violated", 5], ["ok", 10]],
  );
  const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
  strictEqual(budget.badMs, 5 * MINUTE);
  strictEqual(budget.goodMs + budget.badMs, 60 * MINUTE + 18 * MINUTE + 15_000 - 15_000);
});

Deno.test("hostile requests are answered 4xx and change nothing", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: calm }]);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  const attempts: [string, string, unknown?, Record<string, string>?][] = [
    ["GET", "/slas/' OR 1=1 --"],
    ["GET", `/slas/${"x".repeat(5_000)}/status`],
    ["GET", `/slas/${id}/violations?window=366d`],
    ["GET", `/slas/${id}/violations?fromMs=0&toMs=1767225600000`],
    ["GET", `/slas?limit=100000`],
    ["GET", `/slas?drop=table`],
    ["POST", "/slas", `{"name":"b","__proto__":{"x":1},"expression":"m","max":1}`],
    ["POST", "/slas", `${"[".repeat(200_000)}`],
    ["POST", "/slas", "x".repeat(10_000_000)],
    ["PUT", `/slas/${id}`, { name: "a", expression: "m", max: 1 }, { "if-match": "whatever" }],
    ["DELETE", "/slas/none"],
    ["PATCH", `/slas/${id}`, {}],
    ["GET", "/slas/events/stream", undefined, { "last-event-id": "; DROP TABLE" }],
  ];
  for (const [method, path, body, headers] of attempts) {
    const answer = await manager.json(method, path, body, headers);
    ok(answer.status >= 400 && answer.status < 500, `${method} ${path.slice(0, 60)}: ${answer.status}`);
    strictEqual(answer.headers.get("content-type"), "application/problem+json");
  }
  const { body: { items } } = await manager.json("GET", "/slas");
  deepStrictEqual([items.length, items[0].max], [1, 100]);
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

Deno.test("an excursion that is open where the past meets the present is accounted", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  const liveFromMs = START_MS + 15_000 - 3_600_000;
  manager.source.series.set("m", [{
    labels: {},
    valueAt: (timeMs) => Math.abs(timeMs - liveFromMs) < 3 * MINUTE ? 200 : 5,
  }]);
  const body = { name: "a", expression: "m", max: 100, tolerance: "10m", target: 0.9, budgetWindow: "6h" };
  const id = await create(manager, body);
  while (await manager.evaluator.backfill(id));
  const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
  deepStrictEqual([budget.backfill, budget.badMs, budget.missingMs], ["done", 0, 0]);
  strictEqual(budget.goodMs, 6 * 60 * MINUTE, "every step of six hours");
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

Deno.test("a series that can't be forecast takes no other with it", async () => {
  const local = createLocalMaths();
  const maths: Maths = {
    ...local,
    choose: async (values, options) =>
      values[0] === 7
        ? await Promise.reject(new RangeError("Cannot choose"))
        : await local.choose(values, options),
  };
  await using manager = openSlaManager({ maths });
  manager.source.series.set("m", [
    { labels: { host: "odd" }, valueAt: () => 7 },
    { labels: { host: "even" }, valueAt: () => 5 },
  ]);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  const { series } = (await manager.json("GET", `/slas/${id}/prediction`)).body;
  deepStrictEqual(
    series.map(({ labels, state }: { labels: { host: string }; state: string }) => [labels.host, state]),
    [["even", "fresh"], ["odd", "unknown"]],
  );
  ok(manager.problems.every(({ what }) => what === "choose a forecasting method"));
});
