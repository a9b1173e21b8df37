import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createLocalMaths, type Maths } from "../../../../services/sla_manager/prediction/maths.ts";
import { create, openSlaManager } from "../../../support/sla_manager.ts";

const LEVEL = [{ labels: {}, valueAt: (timeMs: number) => 5 + Math.sin(timeMs) }];

Deno.test("predict() says by when a method is chosen that is not chosen yet", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  manager.source.series.set("m", LEVEL);
  await manager.run(30_000);
  const predicted = async () => {
    const { body: { state, reason } } = await manager.json("GET", `/slas/${id}/prediction`);
    return [state, reason];
  };
  const reason =
    "no forecasting method has been chosen yet; one is due by the next evaluation, at 2026-01-01 00:01:00 UTC";
  deepStrictEqual(await predicted(), ["unknown", reason]);
  await manager.run(30_000);
  deepStrictEqual(await predicted(), ["fresh", undefined]);
});

Deno.test("predict() says of a choice that failed when it is tried again", async () => {
  const local = createLocalMaths();
  let isBroken = true;
  const maths: Maths = {
    ...local,
    choose: async (...job) =>
      isBroken ? await Promise.reject(new Error("broken")) : await local.choose(...job),
  };
  await using manager = openSlaManager({ maths, settings: { settleMs: 0 } });
  manager.source.series.set("m", LEVEL);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  const { body: { state, reason } } = await manager.json("GET", `/slas/${id}/prediction`);
  deepStrictEqual([state, reason], [
    "unknown",
    "the choice of a forecasting method failed, the log says why; it is tried again from 2026-01-01 00:02:00 UTC on",
  ]);
  isBroken = false;
  await manager.run(180_000);
  strictEqual((await manager.json("GET", `/slas/${id}/prediction`)).body.state, "fresh");
});
