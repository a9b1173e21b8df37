import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { create, openSlaManager, START_MS } from "../../support/sla_manager.ts";

const STEP_MS = 15_000;

Deno.test("a status is never ok beside a prediction that a violation is probable", async () => {
  await using manager = openSlaManager();
  // Every fifth sample is out of bounds: that the next one will be is all but certain.
  const valueAt = (timeMs: number): number => Math.round(timeMs / STEP_MS) % 5;
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  const id = await create(manager, { name: "a", expression: "m", max: 3.5 });
  const { riskThreshold } = manager.evaluator.parts.settings;
  const seen = new Set<string>();
  for (let k = 0; k < 40; k++) {
    await manager.run(30_000);
    const { body: { state, reason, series } } = await manager.json("GET", `/slas/${id}/status`);
    const { body: { probability } } = await manager.json("GET", `/slas/${id}/prediction`);
    deepStrictEqual(series[0].probability, probability);
    ok(state !== "ok" || probability < riskThreshold, `${state}: ${reason}, beside ${probability}`);
    seen.add(state);
  }
  deepStrictEqual(seen, new Set(["violated", "at_risk"]));
});

Deno.test("a line that leaves a constant is foretold to break its bound within two minutes", async () => {
  await using manager = openSlaManager();
  const fromMs = START_MS + 480_000;
  const valueAt = (timeMs: number): number => 21 + Math.max(0, Math.round((timeMs - fromMs) / STEP_MS));
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  const id = await create(manager, { name: "a", expression: "m", max: 41 });
  await manager.run(480_000);
  const probability = async (): Promise<number> =>
    (await manager.json("GET", `/slas/${id}/prediction`)).body.probability;
  strictEqual(await probability(), 0);
  await manager.run(90_000);
  ok(await probability() > 0.3, `after 90 s: ${await probability()}`);
  await manager.run(60_000);
  // Two and a half minutes after it began, as long before it is there.
  ok(await probability() > 0.9, `after 150 s: ${await probability()}`);
});

Deno.test("a status tells a prediction that has expired as one of then", async () => {
  await using manager = openSlaManager();
  const [fromMs, endMs] = [START_MS + 480_000, START_MS + 660_000];
  const valueAt = (timeMs: number): number =>
    timeMs > endMs ? NaN : 21 + Math.max(0, Math.round((timeMs - fromMs) / STEP_MS));
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  const id = await create(manager, { name: "a", expression: "m", max: 41 });
  await manager.run(660_000);
  const ask = async (what: string) => (await manager.json("GET", `/slas/${id}/${what}`)).body;
  match((await ask("status")).reason, /^3\d is within bounds, but a violation is probable: (≈ )?[\d.]+ %$/);
  await manager.run(120_000);
  strictEqual((await ask("prediction")).state, "expired");
  const { state, reason } = await ask("status");
  strictEqual(state, "at_risk");
  match(reason, /^3\d is within bounds, but a violation was probable when the samples ended: (≈ )?[\d.]+ %$/);
});
