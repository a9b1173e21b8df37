import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { SlaEvent } from "../../../../services/shared/domain/sla/sla_event.ts";
import { create, openSlaManager, type SlaManagerUnderTest, START_MS } from "../../../support/sla_manager.ts";

const MINUTE = 60_000;
const DRAFT = { name: "a", expression: "m", max: 100, labels: { team: "shop", tier: "1" } };

/** What a webhook is told, in order: the label that tells the alerts apart, and whether it began or ended. */
async function toldBy(manager: SlaManagerUnderTest): Promise<(string | undefined)[][]> {
  const messages = await manager.store.outbox.peek("webhook", 99);
  strictEqual(new Set(messages.map(({ id }) => id)).size, messages.length);
  return messages.map(({ alert: { labels, endsAtMs } }) => [
    labels.burn_rate ?? labels.alertname,
    labels.tier,
    endsAtMs === null ? "firing" : "resolved",
  ]);
}

Deno.test("an alert whose SLA loses a label ends under the old labels and begins under the new ones", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0, channels: ["webhook"] } });
  manager.source.series.set("m", [{ labels: { tier: "of the series" }, valueAt: () => 200 }]);
  const id = await create(manager, DRAFT);
  const edit = async (labels: object) =>
    strictEqual((await manager.json("PUT", `/slas/${id}`, { ...DRAFT, labels })).status, 200);
  await edit({ team: "shop" });
  await manager.run(MINUTE);
  await edit({ team: "shop" });
  await edit({});
  deepStrictEqual(await toldBy(manager), [
    ["PronoiaSlaViolated", "1", "firing"],
    ["PronoiaSlaViolated", "1", "resolved"],
    ["PronoiaSlaViolated", "of the series", "firing"],
    ["PronoiaSlaViolated", "of the series", "resolved"],
    ["PronoiaSlaViolated", "of the series", "firing"],
  ]);
});

Deno.test("an alert whose SLA loses a label while nothing is known goes on under the new labels", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0, channels: ["webhook"] } });
  const goneMs = START_MS + 2 * MINUTE;
  manager.source.series.set("m", [{
    labels: {},
    valueAt: (timeMs) => timeMs < goneMs ? 200 : timeMs < goneMs + 30 * MINUTE ? NaN : 5,
  }]);
  const draft = { ...DRAFT, target: 0.99, budgetWindow: "1h" };
  const id = await create(manager, draft);
  while (await manager.evaluator.backfill(id));
  await manager.run(20 * MINUTE);
  strictEqual((await manager.json("GET", `/slas/${id}/status`)).body.state, "unknown");
  const before = await toldBy(manager);
  const active = before.map(([name]) => name);
  strictEqual((await manager.json("PUT", `/slas/${id}`, { ...draft, labels: { team: "shop" } })).status, 200);
  const after = (await toldBy(manager)).slice(before.length);
  deepStrictEqual(
    after.toSorted(),
    active.flatMap((name) => [[name, "1", "resolved"], [name, undefined, "firing"]]).toSorted(),
  );
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events?limit=100`);
  const began = items.filter(({ to, from }: SlaEvent) => to === "firing" && from === "14.4x-1h");
  deepStrictEqual(began.map(({ atMs }: SlaEvent) => (atMs - START_MS) / MINUTE), [0.25]);
  await manager.run(15 * MINUTE);
  const violated = (await toldBy(manager)).filter(([name]) => name === "PronoiaSlaViolated");
  deepStrictEqual(
    violated.at(-1),
    ["PronoiaSlaViolated", undefined, "resolved"],
    "it ends with the violation",
  );
});

for (const [what, edit] of [["labels", { labels: { team: "x" } }], ["name", { name: "b" }]] as const) {
  Deno.test(`an edit of the ${what} alone tells receivers of another burn alert, and the history nothing`, async () => {
    await using manager = openSlaManager({ settings: { settleMs: 0, channels: ["webhook"] } });
    let value = 200;
    manager.source.series.set("m", [{ labels: {}, valueAt: () => value }]);
    const draft = { ...DRAFT, target: 0.99, budgetWindow: "1h" };
    const id = await create(manager, draft);
    while (await manager.evaluator.backfill(id));
    await manager.run(MINUTE);
    const burning = async () => (await manager.json("GET", `/slas/${id}/budget`)).body.burnAlerts;
    const history = async (): Promise<SlaEvent[]> =>
      (await manager.json("GET", `/slas/${id}/events?limit=100`)).body.items;
    const [alertsBefore, historyBefore, told] = [await burning(), await history(), await toldBy(manager)];
    deepStrictEqual(alertsBefore.map(({ rule }: { rule: string }) => rule), ["14.4x-1h", "6x-6h", "1x-3d"]);
    await manager.run(MINUTE);
    strictEqual((await manager.json("PUT", `/slas/${id}`, { ...draft, ...edit })).status, 200);
    deepStrictEqual(await burning(), alertsBefore, "they began when they did");
    deepStrictEqual(await history(), historyBefore);
    const changes = (await toldBy(manager)).slice(told.length);
    strictEqual(changes.filter(([, , what]) => what === "resolved").length, 4, "violated and each rule");
    strictEqual(changes.filter(([, , what]) => what === "firing").length, 4);

    value = 5;
    await manager.run(10 * MINUTE);
    const [ended] = await history();
    deepStrictEqual([ended.kind, ended.from, ended.to, ended.reason], [
      "burn_rate",
      "14.4x-1h",
      "resolved",
      "the error budget no longer burns that fast",
    ]);
  });
}

Deno.test("a burn alert that ends while its SLA gets other labels says what ended it", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0, channels: ["webhook"] } });
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 200 }]);
  const draft = { ...DRAFT, target: 0.99, budgetWindow: "1h" };
  const id = await create(manager, draft);
  while (await manager.evaluator.backfill(id));
  await manager.run(MINUTE);
  const endedBy = async (edit: object) => {
    const told = (await manager.json("GET", `/slas/${id}/events?limit=100`)).body.items;
    strictEqual((await manager.json("PUT", `/slas/${id}`, { ...draft, ...edit })).status, 200);
    const { body: { items } } = await manager.json("GET", `/slas/${id}/events?limit=100`);
    const news: SlaEvent[] = items.slice(0, items.length - told.length);
    return news.filter(({ to }) => to === "resolved").map(({ from, reason }) => [from, reason]);
  };
  const reason = "no target is given any more";
  deepStrictEqual((await endedBy({ labels: {}, target: null })).toSorted(), [
    ["14.4x-1h", reason],
    ["1x-3d", reason],
    ["6x-6h", reason],
  ]);
});

Deno.test("an edit of labels that also makes an SLA ok begins no alert", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0, channels: ["webhook"] } });
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 200 }]);
  const id = await create(manager, DRAFT);
  await manager.json("PUT", `/slas/${id}`, { ...DRAFT, max: 300, labels: {} });
  deepStrictEqual(await toldBy(manager), [
    ["PronoiaSlaViolated", "1", "firing"],
    ["PronoiaSlaViolated", "1", "resolved"],
  ]);
});
