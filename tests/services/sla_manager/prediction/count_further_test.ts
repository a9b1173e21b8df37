import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { breachProbability, chooseForecaster } from "@pronoia/analytics";
import { formatDuration } from "../../../../services/shared/domain/units/duration_text.ts";
import { describeTooFew } from "../../../../services/shared/domain/results/too_few_samples.ts";
import { countFurther } from "../../../../services/sla_manager/prediction/count_further.ts";
import { openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const STEP_MS = 15_000;
const MINUTE_MS = 60_000;

/** Standard normal noise, the same for a seed and a step. */
function noise(seed: number, step: number): number {
  let state = (seed * 2_654_435_761 + step * 40_503 + 1) >>> 0;
  const uniform = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

Deno.test("countFurther() counts what came since, once, missing samples left out", () => {
  const tooFew = { found: 20, needed: 40, horizonMs: 10 * MINUTE_MS, stepMs: STEP_MS, toMs: START_MS };
  const samples = { startMs: START_MS - 2 * STEP_MS, values: [1, 2, 3, NaN, 5, Infinity, 7, 8] };
  const further = (known: typeof tooFew, steps: number) =>
    countFurther(known, samples, { toMs: START_MS + steps * STEP_MS, stepMs: STEP_MS });
  const later = further(tooFew, 5);
  deepStrictEqual(later, { ...tooFew, found: 23, toMs: START_MS + 5 * STEP_MS });
  deepStrictEqual(further(later, 5), later);
  deepStrictEqual(further(later, 3), later);
  strictEqual(further(later, 6).found, 24);
  strictEqual(
    describeTooFew({ ...tooFew, found: 1 }),
    "only 1 sample so far: 40, one each 15s, are needed to look 10m ahead, which is about 2026-01-01 00:09:45 UTC",
  );
  strictEqual(describeTooFew({ ...tooFew, found: 40 }), null);
});

Deno.test("what tooFewSamples() lets pass is seldom called at risk without reason, and a ramp is", () => {
  const probability = (values: number[], max: number) =>
    breachProbability(chooseForecaster(values, { stepMs: STEP_MS, effort: "quick", horizon: 40 }), {
      horizon: 40,
      max,
      paths: 300,
    }).probability;
  const risky = Array.from(
    { length: 30 },
    (_, seed) => probability(Array.from({ length: 40 }, (_, t) => 10 + noise(seed, t)), 14),
  ).filter((p) => p >= 0.5).length;
  ok(risky <= 3, `${risky} of 30`);
  strictEqual(probability(Array.from({ length: 40 }, () => 5), 6), 0);
  ok(probability(Array.from({ length: 40 }, (_, t) => t), 60) > 0.9);
});

Deno.test("a young series is unknown to the prediction, with the reason, until there is enough to say", async () => {
  await using manager = openSlaManager();
  const bornMs = START_MS - 5 * MINUTE_MS;
  manager.source.series.set("m", [{
    labels: {},
    valueAt: (timeMs) => timeMs < bornMs ? NaN : 10 + noise(3, (timeMs - bornMs) / STEP_MS),
  }]);
  const { body: { id } } = await manager.json("POST", "/slas", { name: "a", expression: "m", max: 14 });
  const prediction = async () => (await manager.json("GET", `/slas/${id}/prediction`)).body;
  const young = await prediction();
  deepStrictEqual([young.state, young.probability, young.bound], ["unknown", null, null]);
  // It is true of every number of samples: when the rest is there, and what can be asked for now.
  const told = (found: number, needed: number, horizon: string): string => {
    const fullMs = START_MS + (needed - 20) * STEP_MS;
    const full = new Date(fullMs).toISOString().replace("T", " ").replace(".000Z", " UTC");
    return `only ${found} samples so far: ${needed}, one each 15s, are needed to look ${horizon} ahead, which is about ${full}; ` +
      `now ${formatDuration(found * STEP_MS)} can be asked for`;
  };
  strictEqual(young.reason, told(20, 40, "10m"));
  deepStrictEqual(young.lacking, { found: 20, needed: 40 });
  strictEqual((await manager.json("GET", `/slas/${id}/status`)).body.state, "ok");
  const asked = async (horizon: string) =>
    (await manager.json("GET", `/slas/${id}/prediction?horizon=${horizon}`)).body;
  for (const [horizon, needed] of [["10m", 40], ["1h", 240], ["4h", 960]] as const) {
    const { state, reason, lacking, horizonMs } = await asked(`${horizon}`);
    deepStrictEqual(
      [state, reason, lacking],
      ["unknown", told(20, needed, horizon), { found: 20, needed }],
    );
    strictEqual(horizonMs, parseInt(`${horizon}`) * (`${horizon}`.endsWith("h") ? 60 : 1) * MINUTE_MS);
  }
  // Enough to look two minutes ahead.
  const near = await asked("2m");
  deepStrictEqual([near.state, near.byStep.length, near.reason], ["fresh", 8, undefined]);
  ok(near.probability < 0.5 && near.method !== null, `${near.probability}`);

  for (let minute = 1; minute <= 3; minute++) {
    await manager.run(MINUTE_MS);
    const { reason } = await prediction();
    strictEqual(reason, told(20 + 4 * minute, 40, "10m"));
    strictEqual((await asked(/now (\w+) can/.exec(reason)![1])).state, "fresh");
  }
  await manager.run(5 * MINUTE_MS);
  const grown = await prediction();
  deepStrictEqual([grown.state, grown.reason, grown.lacking], ["fresh", undefined, undefined]);
  ok(grown.probability < 0.5, `${grown.probability}`);
  const further = await asked("1h");
  deepStrictEqual([further.state, further.reason], [
    "unknown",
    told(Number(further.reason.split(" ")[1]), 240, "1h"),
  ]);
});

Deno.test("a series that is out of bounds already has probability 1 and 0 ms to go, however young", async () => {
  await using manager = openSlaManager();
  const bornMs = START_MS - MINUTE_MS;
  manager.source.series.set("m", [{ labels: {}, valueAt: (timeMs) => timeMs < bornMs ? NaN : 20 }]);
  const { body: { id } } = await manager.json("POST", "/slas", { name: "a", expression: "m", max: 14 });
  for (const query of ["", "?horizon=5m", "?horizon=4h"]) {
    const { body } = await manager.json("GET", `/slas/${id}/prediction${query}`);
    deepStrictEqual(
      [body.state, body.probability, body.timeToBreachMs, body.bound],
      ["fresh", 1, { p10: 0, p50: 0, p90: 0 }, "max"],
      query,
    );
  }
});
