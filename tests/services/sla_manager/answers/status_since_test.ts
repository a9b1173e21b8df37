import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { create, openSlaManager, type SlaManagerUnderTest, START_MS } from "../../../support/sla_manager.ts";

const MINUTE = 60_000;

async function statusOf(manager: SlaManagerUnderTest, id: string) {
  return (await manager.json("GET", `/slas/${id}/status`)).body;
}

Deno.test("since when the state of several series is known does not move while it lasts", async () => {
  await using manager = openSlaManager();
  // One violation is taken over by the next, each series is out of bounds for 8 minutes.
  const valueAt = (fromMs: number) => (timeMs: number) =>
    timeMs >= fromMs && timeMs < fromMs + 8 * MINUTE ? 11 : 5;
  const series = [0, 5, 10].map((minute) => ({
    labels: { at: `${minute}` },
    valueAt: valueAt(START_MS + (minute + 1) * MINUTE),
  }));
  manager.source.series.set("m", series);
  const id = await create(manager, { name: "a", expression: "m", max: 10 });
  const seen = new Set<string>();
  for (let k = 0; k < 36; k++) {
    // The source is away for a minute, so that what lasts from before is known later.
    manager.source.down = k >= 5 && k < 7;
    await manager.run(MINUTE / 2);
    const { state, sinceMs, knownSinceMs } = await statusOf(manager, id);
    seen.add(JSON.stringify([state, ...[sinceMs, knownSinceMs].map((ms) => (ms - START_MS) / MINUTE)]));
  }
  deepStrictEqual([...seen].map((text) => JSON.parse(text)), [
    ["ok", -60, -0.25],
    ["violated", 1, 1],
    ["unknown", 3, 3],
    ["violated", 1, 3.75],
  ]);
});

Deno.test("what is at risk by its first prediction may have been so before", async () => {
  await using manager = openSlaManager();
  // Falls by one a minute, and is below 15 in five.
  const valueAt = (timeMs: number) =>
    20 - (timeMs - START_MS) / MINUTE + Math.round(timeMs / 15_000) % 3 / 10;
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  const draft = { name: "a", expression: "m", min: 15 };
  const id = await create(manager, draft);
  await manager.run(MINUTE);
  const since = async () => {
    const { state, sinceAtLeast } = await statusOf(manager, id);
    return [state, sinceAtLeast];
  };
  deepStrictEqual(await since(), ["at_risk", true]);
  for (const [min, expected] of [[0, "ok"], [15, "at_risk"]] as const) {
    strictEqual((await manager.json("PUT", `/slas/${id}`, { ...draft, min })).status, 200);
    deepStrictEqual(await since(), [expected, true]);
  }
  // One that begins under the eyes of the prediction is dated by it.
  const late = await create(manager, { ...draft, name: "b", min: 5 });
  await manager.run(8 * MINUTE);
  const { state, sinceMs, sinceAtLeast } = await statusOf(manager, late);
  deepStrictEqual([state, sinceAtLeast], ["at_risk", false]);
  ok(sinceMs > START_MS, `${sinceMs}`);
});

Deno.test("the newest value does not go back in time when the source fails", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: (timeMs) => (timeMs - START_MS) / 15_000 }]);
  const id = await create(manager, { name: "a", expression: "m", max: 1_000 });
  await manager.run(MINUTE);
  const { value, observedAtMs } = await statusOf(manager, id);
  manager.source.down = true;
  await manager.run(MINUTE);
  const failed = await statusOf(manager, id);
  deepStrictEqual([failed.state, failed.value, failed.observedAtMs], ["unknown", value, observedAtMs]);
});
