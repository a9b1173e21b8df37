import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { createAlertmanagerNotifier } from "../../../../services/shared/adapters/notifiers/alertmanager_notifier.ts";
import { createWebhookNotifier } from "../../../../services/shared/adapters/notifiers/webhook_notifier.ts";
import { openSqlSlaStore } from "../../../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { DomainError } from "../../../../services/shared/domain/errors.ts";
import type { AlertNotifier } from "../../../../services/shared/ports/alert_notifier.ts";
import type { SlaStore } from "../../../../services/shared/ports/sla_store.ts";
import { deliverDue, repeatActive } from "../../../../services/sla_manager/alerts/deliver.ts";
import { create, openSlaManager, type SlaManagerUnderTest, START_MS } from "../../../support/sla_manager.ts";

const MINUTE = 60_000;

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
    const active = await manager.store.outbox.peek("alertmanager", 9);
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
