import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { create, openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const STEP_MS = 5_000;
const MINUTE_MS = 60_000;

Deno.test("answerViolations() says of what goes on that it does, as the status, until the newest sample is stale", async () => {
  await using manager = openSlaManager({ stepMs: STEP_MS, settings: { staleAfterMs: MINUTE_MS } });
  const fromMs = START_MS - 7 * MINUTE_MS;
  // Scrapes stop at the start: the newest step but one has no sample, then ever more have none.
  const valueAt = (timeMs: number) => timeMs > START_MS ? NaN : timeMs >= fromMs ? 9 : 1;
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  const id = await create(manager, { name: "a", expression: "m", max: 5 });
  for (let passedMs = 0; passedMs <= 2 * MINUTE_MS; passedMs += 13_000) {
    await manager.evaluator.evaluateAll();
    const { body: { state } } = await manager.json("GET", `/slas/${id}/status`);
    const { body: { intervals } } = await manager.json("GET", `/slas/${id}/violations?window=3h`);
    const { body: preview } = await manager.json("POST", "/slas/preview", {
      name: "b",
      expression: "m",
      max: 5,
    });
    const [{ ongoing, ...interval }] = intervals;
    const worst = { bound: "max", worst: 9, worstAtMs: fromMs };
    deepStrictEqual(interval, { fromMs, toMs: START_MS + STEP_MS, ...worst });
    strictEqual(state, passedMs < MINUTE_MS ? "violated" : "unknown", `${passedMs}`);
    strictEqual(ongoing, state === "violated", `${passedMs}`);
    strictEqual(preview.violations.intervals[0].ongoing, preview.status.state === "violated");
    await manager.clock.advance(13_000);
  }
});

Deno.test("answerViolations() knows of a range in the past no more than it holds", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{
    labels: {},
    valueAt: (timeMs) => timeMs < START_MS - 10 * MINUTE_MS ? 9 : NaN,
  }]);
  const id = await create(manager, { name: "a", expression: "m", max: 5 });
  const ongoingAt = async (toMs: number) => {
    const path = `/slas/${id}/violations?fromMs=${START_MS - 60 * MINUTE_MS}&toMs=${toMs}`;
    return (await manager.json("GET", path)).body.intervals.at(-1).ongoing;
  };
  strictEqual(await ongoingAt(START_MS - 20 * MINUTE_MS), true);
  strictEqual(await ongoingAt(START_MS - 10 * MINUTE_MS), true);
  strictEqual(await ongoingAt(START_MS - 5 * MINUTE_MS), false);
});
