import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { newSeriesProgress } from "../../../../services/sla_manager/judging/advance.ts";
import { judgeRules } from "../../../../services/sla_manager/judging/judge_rules.ts";
import { breachQuery, describeBreach } from "../../../../services/sla_manager/prediction/predict.ts";
import { DEFAULT_SETTINGS } from "../../../../services/sla_manager/settings.ts";
import { exampleSla } from "../../../support/example_sla.ts";
import { createLocalMaths, type Maths } from "../../../../services/sla_manager/prediction/maths.ts";
import { create, openSlaManager, START_MS } from "../../../support/sla_manager.ts";

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

Deno.test("predict() of one series that fails leaves the others of its SLA their predictions", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  const series = (host: string) => ({ ...LEVEL[0], labels: { host } });
  manager.source.series.set("m", [series("a"), series("b")]);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  await manager.run(60_000);
  const [first] = manager.evaluator.slas.require(id).series.values();
  // None is known that fails, so one is made to: it was read from a state that no version writes.
  first.model!.forecaster.forecast = () => {
    throw new TypeError("broken");
  };
  await manager.run(30_000);
  const { series: found } = (await manager.json("GET", `/slas/${id}/prediction`)).body;
  const reasons = found.map(({ state, reason }: { state: string; reason?: string }) => `${state}: ${reason}`);
  deepStrictEqual(reasons.sort(), ["fresh: undefined", "unknown: forecasting failed, the log says why"]);
  strictEqual((await manager.json("GET", `/slas/${id}/status`)).body.state, "ok");
  ok(manager.problems.some(({ error }) => String(error) === "TypeError: broken"));
});

for (const [age, bornMs] of [["young", START_MS - 60_000], ["old", START_MS - 7_200_000]] as const) {
  Deno.test(`predict() says the same of what is out of bounds while its newest steps lack samples: ${age}`, async () => {
    await using manager = openSlaManager({ stepMs: 5_000 });
    const valueAt = (timeMs: number): number => {
      const isThere = timeMs >= bornMs && timeMs <= manager.clock.nowMs() - lateMs;
      return isThere ? timeMs < START_MS - 300_000 ? 1 : 20 + Math.sin(timeMs) : NaN;
    };
    let lateMs = 0;
    manager.source.series.set("m", [{ labels: {}, valueAt }]);
    const id = await create(manager, { name: "a", expression: "m", max: 14 });
    for (lateMs of [0, 5_000, 10_000, 15_000, 20_000, 0]) {
      await manager.run(30_000);
      strictEqual((await manager.json("GET", `/slas/${id}/status`)).body.state, "violated");
      for (const query of ["", "?horizon=5m"]) {
        const { body } = await manager.json("GET", `/slas/${id}/prediction${query}`);
        deepStrictEqual(
          [body.state, body.probability, body.timeToBreachMs, body.bound, body.reason],
          ["fresh", 1, { p10: 0, p50: 0, p90: 0 }, "max", "out of bounds already"],
          `${lateMs} ms late${query}`,
        );
      }
    }
  });
}

for (const horizonMs of [600_000, 43_200_000, 86_400_000]) {
  Deno.test(`describeBreach() has as many digits as paths can tell, ${horizonMs / 60_000} min ahead`, () => {
    const rules = { ...judgeRules(exampleSla({ step: "30s" }), DEFAULT_SETTINGS), stepMs: 30_000 };
    const { horizon, paths } = breachQuery(rules, horizonMs, DEFAULT_SETTINGS.paths);
    for (let broken = 0; broken <= paths; broken++) {
      const share = (step: number): number => Math.floor(broken * (step + 1) / horizon) / paths;
      const byStep = Float64Array.from({ length: horizon }, (_, step) => share(step));
      const timeToBreach = { p10: null, p50: null, p90: null };
      const breach = { probability: byStep[horizon - 1], byStep, timeToBreach, bound: null };
      const told = describeBreach(newSeriesProgress("a", {}, 0), null, { rules, horizonMs, breach });
      const exact = broken / paths;
      const probability = told.probability!;
      strictEqual(probability, told.byStep.at(-1));
      ok(/^(0|1|0\.\d{1,3})$/.test(String(probability)), `${probability}`);
      ok(probability <= exact && exact - probability < 0.001, `${probability} of ${exact}`);
      deepStrictEqual([probability === 0, probability === 1], [broken === 0, broken === paths]);
      for (const reached of [0.1, 0.5, 0.9]) strictEqual(probability >= reached, exact >= reached);
      if (broken % 100 === 0) {
        ok(told.byStep.every((one, step) => step === 0 || one >= told.byStep[step - 1]));
      }
    }
  });
}
