import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { createAlertmanagerNotifier } from "../../../services/shared/adapters/notifiers/alertmanager_notifier.ts";
import { readForecaster } from "@pronoia/analytics";
import { openSqlSlaStore } from "../../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { createWebhookNotifier } from "../../../services/shared/adapters/notifiers/webhook_notifier.ts";
import { DomainError } from "../../../services/shared/domain/errors.ts";
import { seriesId } from "../../../services/shared/domain/labels.ts";
import type { AlertNotifier } from "../../../services/shared/ports/alert_notifier.ts";
import type { SlaStore } from "../../../services/shared/ports/sla_store.ts";
import { deliverDue, repeatActive } from "../../../services/sla_manager/alerts/deliver.ts";
import { createLocalMaths, type Maths } from "../../../services/sla_manager/prediction/maths.ts";
import { openSlaManager, type SlaManagerUnderTest, START_MS } from "../../support/sla_manager.ts";

const MINUTE = 60_000;
const calm = (timeMs: number) => 5 + Math.sin(timeMs / 50_000);

async function create(manager: SlaManagerUnderTest, body: object): Promise<string> {
  const { status, body: answer } = await manager.json("POST", "/slas", body);
  strictEqual(status, 201, JSON.stringify(answer));
  return answer.id;
}

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
    ok(status.reason.includes("gave no answer"), status.reason);
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

Deno.test("a series that vanishes is unknown, forgotten after a day, and its alert ends", async () => {
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

/** A receiver that answers as it is told to. */
function openReceiver(
  answer: (call: number, body: unknown, headers: Headers) => Response | "hang",
) {
  let calls = 0;
  const { promise: never, resolve: release } = Promise.withResolvers<void>();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      const answered = await answer(calls++, await request.json(), request.headers);
      if (answered !== "hang") return answered;
      await never;
      return new Response("late");
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/hook`,
    async [Symbol.asyncDispose]() {
      release();
      await server.shutdown();
    },
  };
}

async function withMessages(
  count: number,
  body: (
    manager: SlaManagerUnderTest,
    deliver: (notifier: AlertNotifier, nowMs?: number) => ReturnType<typeof deliverDue>,
  ) => Promise<void>,
) {
  await using manager = openSlaManager({ settings: { channels: ["webhook", "alertmanager"] } });
  for (let n = 0; n < count; n++) {
    manager.source.series.set(`m${n}`, [{ labels: { "odd name": `${n}` }, valueAt: () => 200 }]);
    await create(manager, { name: `sla ${n}`, expression: `m${n}`, max: 100 });
  }
  const { outbox } = manager.store;
  await body(
    manager,
    (notifier, nowMs = 0) => deliverDue({ outbox, notifier, nowMs, signal: new AbortController().signal }),
  );
}

Deno.test("a webhook that fails, hangs or forgets to answer hears everything at least once, in order, under one id", () =>
  withMessages(3, async (manager, deliver) => {
    const heard: string[] = [];
    await using receiver = openReceiver((call, body, headers) => {
      const { id, status, alert } = body as {
        id: string;
        status: string;
        alert: { labels: { sla: string } };
      };
      strictEqual(headers.get("idempotency-key"), encodeURIComponent(id));
      ok(/^sha256=[0-9a-f]{64}$/.test(headers.get("x-pronoia-signature") ?? ""));
      heard.push(`${alert.labels.sla} ${status}`);
      if (call === 0) return new Response("no", { status: 500 });
      if (call === 1) return "hang";
      if (call === 3) return new Response("slow down", { status: 429 });
      return new Response("ok");
    });
    const notifier = createWebhookNotifier({ url: receiver.url, secret: "s" });
    const impatient = createWebhookNotifier({ url: receiver.url, secret: "s", timeoutMs: 1_000 });
    deepStrictEqual(await deliver(notifier, 0), { delivered: 0, refused: 0, failed: 1 });
    deepStrictEqual(await deliver(notifier, 999), { delivered: 0, refused: 0, failed: 0 }, "it waits");
    deepStrictEqual(await deliver(impatient, 1_000), { delivered: 0, refused: 0, failed: 1 });
    deepStrictEqual(await deliver(notifier, 2_999), { delivered: 0, refused: 0, failed: 0 }, "twice as long");
    deepStrictEqual(await deliver(notifier, 3_000), { delivered: 1, refused: 0, failed: 1 });
    deepStrictEqual(await deliver(notifier, 9_000), { delivered: 2, refused: 0, failed: 0 });
    deepStrictEqual(
      heard,
      ["sla 0", "sla 0", "sla 0", "sla 1", "sla 1", "sla 2"].map((name) => `${name} firing`),
    );
    const { items } = (await manager.json("GET", "/slas")).body;
    const { id } = items.find(({ name }: { name: string }) => name === "sla 0");
    strictEqual((await manager.json("DELETE", `/slas/${id}`)).status, 204);
    await deliver(notifier, 9_000);
    strictEqual(heard.at(-1), "sla 0 resolved", "a deleted SLA says goodbye");
  }));

Deno.test("an alert that is refused for good holds up no other", () =>
  withMessages(3, async (_manager, deliver) => {
    const heard: number[] = [];
    await using receiver = openReceiver((_call, body) => {
      const alerts = body as { labels: { sla: string; odd_name: string } }[];
      if (alerts.some(({ labels }) => labels.sla === "sla 1")) {
        return new Response("bad label", { status: 400 });
      }
      heard.push(...alerts.map(({ labels }) => Number(labels.odd_name)));
      return new Response("");
    });
    const notifier = createAlertmanagerNotifier({ url: receiver.url });
    deepStrictEqual(await deliver(notifier), { delivered: 2, refused: 1, failed: 0 });
    deepStrictEqual(heard, [0, 2]);
  }));

Deno.test("active alerts are told again; a receiver that is away rejects", () =>
  withMessages(2, async (manager) => {
    const active = manager.evaluator.slas.entries().flatMap(({ series }) =>
      [...series.values()].flatMap(({ progress }) => Object.values(progress.alerts))
    );
    strictEqual(active.length, 2);
    const heard: unknown[] = [];
    const { signal } = new AbortController();
    {
      await using receiver = openReceiver((_call, body) => {
        heard.push(...body as unknown[]);
        return new Response("");
      });
      await repeatActive(active, { notifier: createAlertmanagerNotifier({ url: receiver.url }), signal });
    }
    strictEqual(heard.length, 2);
    const away = createAlertmanagerNotifier({ url: "http://127.0.0.1:1" });
    await rejects(repeatActive(active, { notifier: away, signal }), { code: "unavailable" });
  }));

Deno.test("renaming an SLA ends its alert under the old name and begins it under the new one", () =>
  withMessages(1, async (manager) => {
    const [{ id }] = (await manager.json("GET", "/slas")).body.items;
    await manager.json("PUT", `/slas/${id}`, { name: "renamed", expression: "m0", max: 100 });
    const messages = await manager.store.outbox.peek("webhook", 9);
    deepStrictEqual(
      messages.map(({ alert }) => [alert.labels.sla, alert.endsAtMs === null ? "firing" : "resolved"]),
      [["sla 0", "firing"], ["sla 0", "resolved"], ["renamed", "firing"]],
    );
    strictEqual(new Set(messages.map((message) => message.id)).size, 3);
  }));

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
    "the metrics source gave no answer: Cannot judge an incomplete answer: results truncated due to limit",
  ]);
  await rejects(manager.evaluator.backfill(id), { code: "unavailable" });
  strictEqual((await manager.json("GET", `/slas/${id}/violations`)).status, 503);
  manager.source.read = read;
  await manager.run(MINUTE);
  while (await manager.evaluator.backfill(id));
  const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
  deepStrictEqual([budget.missingMs, budget.badMs], [0, 0]);
});

Deno.test("an alert whose commit lost its answer ends with its SLA", async () => {
  const inner = openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
  let answerLost = false;
  const store: SlaStore = {
    ...inner,
    progress: {
      ...inner.progress,
      async commit(steps) {
        const results = await inner.progress.commit(steps);
        if (!answerLost) return results;
        throw new DomainError("unavailable", "Cannot reach the database");
      },
    },
  };
  await using manager = openSlaManager({ store, settings: { settleMs: 0, channels: ["webhook"] } });
  manager.source.series.set("m", [{ labels: {}, valueAt: (timeMs) => timeMs > START_MS ? 200 : 5 }]);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  answerLost = true;
  await manager.run(MINUTE / 2);
  answerLost = false;
  strictEqual((await manager.json("DELETE", `/slas/${id}`)).status, 204);
  const told = await manager.store.outbox.peek("webhook", 10);
  deepStrictEqual(told.map(({ alert: { kind, endsAtMs } }) => [kind, endsAtMs === null]), [
    ["violated", true],
    ["violated", false],
  ]);
});

Deno.test("a method that was chosen for an expression edited meanwhile is not kept", async () => {
  const local = createLocalMaths();
  let whileChoosing = async (): Promise<void> => {};
  const maths: Maths = {
    ...local,
    async choose(values, options) {
      await whileChoosing();
      return await local.choose(values, options);
    },
  };
  await using manager = openSlaManager({ maths });
  manager.source.series.set("calm", [{ labels: {}, valueAt: () => 5 }]);
  manager.source.series.set("wild", [{ labels: {}, valueAt: (timeMs) => 50 * Math.sin(timeMs / MINUTE) }]);
  const id = await create(manager, { name: "a", expression: "calm", max: 100 });
  whileChoosing = async () => {
    whileChoosing = async () => {};
    const edit = { name: "a", expression: "wild", max: 100 };
    strictEqual((await manager.json("PUT", `/slas/${id}`, edit)).status, 200);
  };
  await manager.clock.advance(20 * MINUTE);
  await manager.evaluator.evaluateAll();
  const [{ model }] = manager.evaluator.slas.require(id).series.values();
  const { mean } = model!.forecaster.forecast(40);
  ok(Math.max(...mean) - Math.min(...mean) > 10, "it speaks of the new expression");
  const stored = (await manager.store.progress.load(id, 0))!.models;
  const reopened = readForecaster(JSON.parse(stored[0].json)).forecast(40).mean;
  ok(Math.max(...reopened) - Math.min(...reopened) > 10, "and so does what is stored");
  deepStrictEqual(manager.problems, []);
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

Deno.test("an SLA of another expression is of its series at once; what was told of the old ones ends", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0, seriesMax: 2, channels: ["webhook"] } });
  const series = (app: string, value: number) =>
    ["a", "b"].map((host) => ({ labels: { app, host }, valueAt: () => value }));
  manager.source.series.set("old", series("old", 200));
  manager.source.series.set("new", series("new", 5));
  const id = await create(manager, {
    name: "a",
    expression: "old",
    max: 100,
    target: 0.9,
    budgetWindow: "2h",
  });
  const body = { name: "a", expression: "new", max: 100, target: 0.9, budgetWindow: "2h" };
  strictEqual((await manager.json("PUT", `/slas/${id}`, body)).status, 200);
  const { body: status } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual([status.state, status.reason], ["ok", "5 is within the maximum of 100"]);
  deepStrictEqual(
    status.series.map(({ labels }: { labels: object }) => labels),
    [
      { app: "new", host: "a" },
      { app: "new", host: "b" },
    ].sort((a, b) => seriesId(a) < seriesId(b) ? -1 : 1),
  );
  while (await manager.evaluator.backfill(id));
  const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
  deepStrictEqual([budget.goodMs, budget.badMs, budget.missingMs], [120 * MINUTE, 0, 0]);
  const events = (await manager.json("GET", `/slas/${id}/events`)).body.items;
  const forgotten = events.filter(({ kind }: { kind: string }) => kind === "forgotten");
  deepStrictEqual(
    forgotten.map(({ from, reason }: { from: string; reason: string }) => [from, reason]),
    Array(2).fill(["violated", "the expression yields other series now"]),
  );
  const told = await manager.store.outbox.peek("webhook", 10);
  strictEqual(told.filter(({ alert }) => alert.endsAtMs === null).length, 2);
  strictEqual(told.filter(({ alert }) => alert.endsAtMs !== null).length, 2);
});

Deno.test("an SLA of an expression without samples knows nothing, whatever the one before showed", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("full", [{ labels: {}, valueAt: () => 5 }]);
  const id = await create(manager, { name: "a", expression: "full", max: 100 });
  await manager.json("PUT", `/slas/${id}`, { name: "a", expression: "empty", max: 1 });
  const { body: { state, reason, value, probability } } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual([state, reason, value, probability], ["unknown", "no sample", null, undefined]);
  strictEqual((await manager.json("GET", `/slas/${id}/prediction`)).body.state, "unknown");
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
