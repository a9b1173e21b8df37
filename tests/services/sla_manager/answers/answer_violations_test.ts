import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { create, openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const STEP_MS = 5_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

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
    const worst = { cause: "bound", bound: "max", worst: 9, worstAtMs: fromMs };
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

Deno.test("answerViolations() agrees with the status about silence that is violated", async () => {
  const settings = { staleAfterMs: 5 * MINUTE_MS, retireAfterMs: 10 * MINUTE_MS };
  await using manager = openSlaManager({ settings });
  const EVERY_MS = 13 * MINUTE_MS + 7_000;
  // No scrape in the first half of the hour, and none of the other for three hours; their values are well.
  const halves = (timeMs: number) => timeMs % HOUR_MS < HOUR_MS / 2 && timeMs > START_MS ? NaN : 1;
  const gone = (timeMs: number) => timeMs > START_MS && timeMs < START_MS + 3 * HOUR_MS ? NaN : 1;
  manager.source.series.set("m", [{ labels: { n: "halves" }, valueAt: halves }]);
  manager.source.series.set("n", [{ labels: { n: "halves" }, valueAt: halves }, {
    labels: {},
    valueAt: gone,
  }]);
  const ids = await Promise.all(
    ["m", "n"].map((name) =>
      create(manager, { name, expression: name, max: 5, noData: "violated", step: "1m" })
    ),
  );
  const seen = new Set<string>();
  const compare = async (id: string): Promise<void> => {
    const { body: status } = await manager.json("GET", `/slas/${id}/status`);
    for (const window of ["1h", "12h"]) {
      const { body } = await manager.json("GET", `/slas/${id}/violations?window=${window}`);
      for (const { seriesId, state, sinceMs } of status.series) {
        const { intervals } = body.series.find((one: { seriesId: string }) => one.seriesId === seriesId);
        seen.add(`${seriesId} ${state}`);
        const newest = intervals.at(-1);
        strictEqual(newest?.ongoing ?? false, state === "violated");
        if (state !== "violated") continue;
        const { fromMs, toMs, cause, bound, worst, worstAtMs } = newest;
        deepStrictEqual([cause, bound, worst, worstAtMs], ["noData", null, null, null]);
        deepStrictEqual([fromMs, toMs], [Math.max(sinceMs, body.fromMs), body.toMs]);
      }
    }
  };
  for (let passedMs = 0; passedMs <= 4 * HOUR_MS; passedMs += EVERY_MS) {
    await manager.evaluator.evaluateAll();
    for (const id of ids) await compare(id);
    await manager.clock.advance(EVERY_MS);
  }
  strictEqual(seen.size, 4);
  await manager.evaluator.evaluateAll();
  // Once all is well again, what was is told by the samples, as the events told it.
  for (const id of ids) {
    const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
    const { body: { series } } = await manager.json("GET", `/slas/${id}/violations?window=12h`);
    for (const { seriesId, intervals } of series) {
      const began = items.filter((event: { seriesId: string; to: string }) =>
        event.seriesId === seriesId && event.to === "violated"
      ).map(({ atMs }: { atMs: number }) => atMs).sort();
      deepStrictEqual(intervals.map(({ fromMs }: { fromMs: number }) => fromMs), began);
    }
  }
});

Deno.test("answerViolations() counts that there is no series at all as the budget does, and nothing while the source fails", async () => {
  await using manager = openSlaManager({ stepMs: STEP_MS });
  const draft = { name: "a", expression: "m", max: 5, noData: "violated", step: "5s" };
  const { body: preview } = await manager.json("POST", "/slas/preview", draft);
  deepStrictEqual([preview.status.state, preview.violations.count], ["violated", 1]);
  const id = await create(manager, draft);
  await manager.run(HOUR_MS / 2);
  strictEqual((await manager.json("GET", `/slas/${id}/status`)).body.state, "violated");
  const { body: { judgedFromMs } } = await manager.json("GET", `/slas/${id}/budget`);
  const violations = async () => (await manager.json("GET", `/slas/${id}/violations`)).body;
  const { intervals, series, toMs, ...before } = await violations();
  deepStrictEqual(series, []);
  deepStrictEqual([before.count, before.violatedMs], [1, toMs - judgedFromMs]);
  const [{ fromMs: beganMs, cause, ongoing }] = intervals;
  deepStrictEqual([beganMs, cause, ongoing], [judgedFromMs, "noData", true]);
  const past = `/slas/${id}/violations?fromMs=${judgedFromMs - HOUR_MS}&toMs=${judgedFromMs}`;
  strictEqual((await manager.json("GET", past)).body.count, 0);
  manager.source.down = true;
  await manager.run(5 * MINUTE_MS);
  strictEqual((await manager.json("GET", `/slas/${id}/violations`)).status, 503);
  const { body: { items: [unknown] } } = await manager.json("GET", "/slas/violations");
  deepStrictEqual([unknown.count, unknown.intervals], [null, []]);
  // What was missing before and during the outage is still: in the budget, and so here, judged anew or not yet.
  manager.source.down = false;
  for (let times = 0; times < 3; times++) {
    const { toMs, ...after } = await violations();
    const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
    strictEqual(budget.judgedFromMs, judgedFromMs);
    deepStrictEqual(after.intervals, [{ ...intervals[0], fromMs: judgedFromMs, toMs }]);
    await manager.run(MINUTE_MS);
  }
  // Its first sample: time before it is nobody's, as in the budget.
  const fromMs = manager.clock.nowMs();
  manager.source.series.set("m", [{ labels: {}, valueAt: (timeMs) => timeMs < fromMs ? NaN : 1 }]);
  await manager.run(MINUTE_MS);
  strictEqual((await violations()).count, 0);
});
