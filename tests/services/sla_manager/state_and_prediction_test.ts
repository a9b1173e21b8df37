import { deepStrictEqual, ok } from "node:assert/strict";
import { create, openSlaManager } from "../../support/sla_manager.ts";

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
