import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Cycle } from "../../../services/etl/record/cycle_log.ts";
import { until } from "../../support/until.ts";
import { beforeRead } from "./_change_source.ts";
import { EVERYTHING, openWorld } from "./_open_world.ts";

Deno.test("startEtl() tells how long each function takes, metadata and value functions apart", async () => {
  await using world = openWorld();
  await world.untilCycles(1);
  const { body } = await world.get("/timings");
  const kind = new Map<string, string>(
    body.items.map((item: { name: string; kind: string }) => [item.name, item.kind]),
  );
  deepStrictEqual(["acf", "judgeStationarity", "findPeriods"].map((name) => kind.get(name)), [
    "metadata",
    "metadata",
    "metadata",
  ]);
  deepStrictEqual(["summarize", "forecast"].map((name) => kind.get(name)), ["value", "value"]);
  deepStrictEqual(["discover", "read", "publish"].map((name) => kind.get(name)), ["stage", "stage", "stage"]);
  for (const { count, last, mean, p95 } of body.items) ok(count > 0 && last >= 0 && mean >= 0 && p95 >= 0);
});

Deno.test("startEtl() runs a cycle on request, one at a time", async () => {
  await using world = openWorld();
  const early = await world.get("/cycles", { method: "POST" });
  ok(early.status === 409, `${early.status}`);
  await world.untilCycles(1);
  await until(() => world.clock.sleeping > 0);
  const { status, headers, body } = await world.get("/cycles", { method: "POST" });
  strictEqual(status, 202);
  strictEqual(headers.get("location"), `cycles/${body.id}`);
  await world.untilCycles(2);
  const { body: one } = await world.get(`/${headers.get("location")}`);
  deepStrictEqual([one.state, one.published], ["done", { metadata: 0, statistics: 0, forecast: 0 }]);
  for (const id of ["1", "nonsense"]) {
    const cycle = await world.get(`/cycles/${id}`);
    const detail = `No cycle "${id}" is remembered: the list of cycles has those that are`;
    deepStrictEqual([cycle.status, cycle.body.detail], [404, detail]);
    const series = await world.get(`/cycles/${id}/series`);
    const of = `No series of a cycle "${id}" are remembered: those of the newest in /cycles are`;
    deepStrictEqual([series.status, series.body.detail], [404, of]);
  }
});

Deno.test("startEtl() tells the series of a cycle, page by page", async () => {
  await using world = openWorld({ variables: { ...EVERYTHING, ETL_SERIES_MAX: "15" } });
  const cycle = await world.untilCycles(1);
  ok(cycle.warnings.some((warning) => warning.includes("ETL_SERIES_MAX is 15")));
  const names: string[] = [];
  let cursor = "";
  do {
    const { body } = await world.get(`/cycles/${cycle.id}/series?limit=7${cursor}`);
    for (const { series, state, reason } of body.items) {
      names.push(series.id);
      strictEqual(reason, state === "dropped" ? "Beyond ETL_SERIES_MAX=15" : undefined);
    }
    cursor = body.nextCursor === null ? "" : `&cursor=${body.nextCursor}`;
  } while (cursor !== "");
  strictEqual(new Set(names).size, cycle.found);
  strictEqual(names.length, cycle.found);
});

Deno.test("startEtl() tells how far a cycle is while it runs, and of each series what is known", async () => {
  const held = Promise.withResolvers<void>();
  await using world = openWorld({
    changeSource: beforeRead(async ({ expression }) => {
      if (expression.includes("node_load1")) await held.promise;
    }),
  });
  const newest = async (): Promise<Cycle> => (await world.get("/cycles")).body.items[0];
  await until(async () => {
    const cycle: Cycle | undefined = await newest();
    return cycle?.found > 0 && cycle.progress.done === cycle.found - 1;
  });
  const { id, state, progress, found } = await newest();
  deepStrictEqual([state, progress], ["running", { stage: "figures", done: found - 1, total: found }]);
  const { status, body } = await world.get(`/cycles/${id}/series`);
  deepStrictEqual([status, body.items.length], [200, found - 1]);
  held.resolve();
  const ended = await world.untilCycles(1);
  deepStrictEqual(ended.progress, { stage: "turns", done: found, total: found });
  strictEqual((await world.get(`/cycles/${id}/series`)).body.items.length, found);
});
