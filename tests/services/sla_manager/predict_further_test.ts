import { strictEqual } from "node:assert/strict";
import { openSlaManager, START_MS } from "../../support/sla_manager.ts";

const HOUR_MS = 3_600_000;

/** Free space that falls in a line towards 0 two hours after the start, with noise that is a function of time. */
function leak(timeMs: number): number {
  const noise = Math.sin(timeMs / 7_919) + Math.sin(timeMs / 3_571) * 0.7;
  return 1_000 * (START_MS + 2 * HOUR_MS - timeMs) / HOUR_MS + 5 * noise;
}

Deno.test("predictFurther() reads and chooses once for all who ask before the next evaluation", async () => {
  await using manager = openSlaManager({ stepMs: 60_000 });
  manager.source.series.set("free", [{ labels: { __name__: "free" }, valueAt: leak }]);
  const { body: { id } } = await manager.json("POST", "/slas", { name: "disk", expression: "free", min: 0 });
  await manager.run(120_000);

  const before = manager.source.reads;
  const ask = () => manager.json("GET", `/slas/${id}/prediction?horizon=4h`);
  const [first, second] = await Promise.all([ask(), ask()]);
  const third = await ask();
  strictEqual(manager.source.reads, before + 1);
  strictEqual(second.body.probability, first.body.probability);
  strictEqual(third.body.probability, first.body.probability);
});
