import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { create, openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const STEP = 15_000;

Deno.test("POST /slas takes bounds that are not given from the last 30 minutes, and marks them", async () => {
  await using manager = openSlaManager();
  const valueAt = (timeMs: number) => timeMs < START_MS - 1_800_000 ? 999 : (timeMs / STEP) % 7;
  manager.source.series.set("m", [{ labels: { __name__: "m" }, valueAt }]);
  const { body } = await manager.json("POST", "/slas", { name: "a", expression: "m" });
  deepStrictEqual([body.min, body.max, body.derived], [0, 6, true]);
  strictEqual(body.derivedFrom.toMs - body.derivedFrom.fromMs, 1_800_000);
  // Saving again does not move them, another expression does.
  const again = await manager.json("PUT", `/slas/${body.id}`, { name: "b", expression: "m" });
  deepStrictEqual([again.body.min, again.body.max, again.body.derived, again.body.revision], [0, 6, true, 2]);
});

Deno.test("POST /slas: bounds of a young series are marked with the time of its samples", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: (timeMs) => timeMs < START_MS ? NaN : 4 }]);
  await manager.clock.advance(4 * 60_000);
  const { body } = await manager.json("POST", "/slas", { name: "a", expression: "m" });
  deepStrictEqual(body.derivedFrom, { fromMs: START_MS, toMs: START_MS + 4 * 60_000 + STEP });
  const warnings = [
    "No bounds were given, so they are the least and greatest value of the 4 min 15 s up to 2026-01-01 00:04:15 UTC. " +
    "Before, there was no sample in the 30 min asked for: it says little of what is usual. " +
    "Give a min or max of your own to judge it by what you promise.",
  ];
  const preview = await manager.json("POST", "/slas/preview", { name: "b", expression: "m" });
  deepStrictEqual([body.warnings, preview.body.sla.warnings], [warnings, warnings]);
});

Deno.test("an SLA without bounds on a rising series says why it is at risk, and only while it is", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  manager.source.series.set("rising", [{ labels: {}, valueAt: (timeMs) => (timeMs - START_MS) / 1_000 }]);
  manager.source.series.set("level", [{ labels: {}, valueAt: (timeMs) => Math.sin(timeMs / 7_000) }]);
  const warningsOf = async (id: string): Promise<readonly string[]> =>
    (await manager.json("GET", `/slas/${id}`)).body.warnings;
  const { body: preview } = await manager.json("POST", "/slas/preview", { name: "r", expression: "rising" });
  strictEqual(preview.status.state, "at_risk");
  const rising = await create(manager, { name: "r", expression: "rising" });
  const level = await create(manager, { name: "l", expression: "level" });
  await manager.run(5 * 60_000);
  const [warning, ...others] = await warningsOf(rising);
  deepStrictEqual([preview.sla.warnings, others], [[warning], []]);
  ok(
    warning.startsWith(
      "No bounds were given, so they are the least and greatest value of the 30 min up to 2026-01-01 00:00:15 UTC. ",
    ),
    warning,
  );
  deepStrictEqual(await warningsOf(level), []);
  await manager.json("PUT", `/slas/${rising}`, { name: "r", expression: "rising", max: 1e9 });
  deepStrictEqual(await warningsOf(rising), [], "its own bound is a promise");
});
