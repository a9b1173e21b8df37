import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { createGenerator } from "../../../../analytics/random/_generator.ts";
import { createLocalMaths, type Maths } from "../../../../services/sla_manager/prediction/maths.ts";
import { create, openSlaManager, type SlaManagerUnderTest, START_MS } from "../../../support/sla_manager.ts";

const HOUR_MS = 3_600_000;

/** Free space that falls in a line and is at 500 two hours after the start, with noise that is a function of time. */
function leak(timeMs: number): number {
  const noise = Math.sin(timeMs / 7_919) + Math.sin(timeMs / 3_571) * 0.7;
  return 500 + 1_000 * (START_MS + 2 * HOUR_MS - timeMs) / HOUR_MS + 5 * noise;
}

/** Promises that 500 are left, and goes on for two minutes. */
async function promiseSpace(manager: SlaManagerUnderTest): Promise<string> {
  manager.source.series.set("free", [{ labels: { __name__: "free" }, valueAt: leak }]);
  const id = await create(manager, { name: "disk", expression: "free", min: 500 });
  await manager.run(120_000);
  return id;
}

Deno.test("predictFurther() tells when a leak reaches its bound", async () => {
  await using manager = openSlaManager({ stepMs: 60_000 });
  const id = await promiseSpace(manager);

  const near = await manager.json("GET", `/slas/${id}/prediction`);
  ok(near.body.probability < 0.05, `${near.body.probability}`);
  const far = await manager.json("GET", `/slas/${id}/prediction?horizon=4h`);
  ok(far.body.probability >= 0.9, `${far.body.probability}`);
  ok(Math.abs(far.body.timeToBreachMs.p50 - 2 * HOUR_MS) < HOUR_MS / 2, `${far.body.timeToBreachMs.p50}`);
});

Deno.test("predictFurther() reads and chooses once for all who ask before the next evaluation", async () => {
  await using manager = openSlaManager({ stepMs: 60_000 });
  const id = await promiseSpace(manager);

  const before = manager.source.reads;
  const ask = () => manager.json("GET", `/slas/${id}/prediction?horizon=4h`);
  const [first, second] = await Promise.all([ask(), ask()]);
  const third = await ask();
  strictEqual(manager.source.reads, before + 1);
  strictEqual(second.body.probability, first.body.probability);
  strictEqual(third.body.probability, first.body.probability);
});

Deno.test("predictFurther() says the same of an hour, however far beyond it is asked", async () => {
  await using manager = openSlaManager({ stepMs: 60_000 });
  // A burst of five minutes at no fixed distance, some ten a day.
  const valueAt = (timeMs: number): number => {
    const chance = Math.abs(Math.sin(Math.floor(timeMs / 300_000) * 12.9898) * 43_758.5453) % 1;
    return Math.sin(timeMs / 7_919) + (chance < 0.035 ? 20 : 0);
  };
  manager.source.series.set("m", [{ labels: { __name__: "m" }, valueAt }]);
  const id = await create(manager, { name: "bursts", expression: "m", max: 10 });
  await manager.run(120_000);

  const ask = async (query: string): Promise<{ byStep: number[]; probability: number }> =>
    (await manager.json("GET", `/slas/${id}/prediction${query}`)).body;
  const near = await ask("");
  const [hour, four, day] = [await ask("?horizon=1h"), await ask("?horizon=4h"), await ask("?horizon=24h")];
  for (const further of [hour, four, day]) deepStrictEqual(further.byStep.slice(0, 10), near.byStep);
  ok(0 < hour.probability && hour.probability < four.probability && four.probability <= day.probability);
  for (const further of [four, day]) deepStrictEqual(further.byStep.slice(0, 60), hour.byStep);
});

Deno.test("predictFurther() chooses as seldom as for the configured horizon, and learns of what came", async () => {
  const local = createLocalMaths();
  let chosen = 0;
  const maths: Maths = {
    ...local,
    choose(values, options) {
      // The configured horizon is ten steps.
      if (options.horizon > 10) chosen++;
      return local.choose(values, options);
    },
  };
  await using manager = openSlaManager({ stepMs: 60_000, maths });
  const id = await promiseSpace(manager);

  const ask = async () => (await manager.json("GET", `/slas/${id}/prediction?horizon=4h`)).body;
  const first = await ask();
  await manager.run(300_000);
  const later = await ask();
  strictEqual(chosen, 1);
  strictEqual(later.method, first.method);
  strictEqual(later.originMs - first.originMs, 300_000);
  const sooner = first.timeToBreachMs.p50 - later.timeToBreachMs.p50;
  ok(Math.abs(sooner - 300_000) <= 240_000, `${sooner}`);

  await manager.run(900_000);
  await ask();
  strictEqual(chosen, 2);
});

Deno.test("predictFurther() of one series that fails leaves the others of its SLA their predictions", async () => {
  const local = createLocalMaths();
  const maths: Maths = {
    ...local,
    choose: async (values, options) =>
      options.horizon > 10 && values[0] > 20
        ? await Promise.reject(new TypeError("broken"))
        : await local.choose(values, options),
  };
  await using manager = openSlaManager({ stepMs: 60_000, maths });
  const level = (host: string, base: number) => ({
    labels: { host },
    valueAt: (timeMs: number) => base + Math.sin(timeMs / 7_919),
  });
  manager.source.series.set("m", [level("a", 5), level("b", 50)]);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  await manager.run(60_000);
  const states = async (horizon: string): Promise<string[]> => {
    const { status, body } = await manager.json("GET", `/slas/${id}/prediction?horizon=${horizon}`);
    strictEqual(status, 200);
    return body.series.map(({ labels, state, reason }: Record<string, unknown>) =>
      [(labels as { host: string }).host, state, reason].join()
    ).sort();
  };
  deepStrictEqual(await states("20m"), ["a,fresh,", "b,fresh,"]);
  for (const horizon of ["1h", "1h", "4h"]) {
    deepStrictEqual(await states(horizon), ["a,fresh,", "b,unknown,forecasting failed, the log says why"]);
  }
  const told = manager.problems.map(({ what, error }) => `${what}: ${error}`);
  deepStrictEqual(told, [
    "predict further ahead: TypeError: broken",
    "predict further ahead: TypeError: broken",
  ]);
});

/** A day and an hour of values, one a step, and the bound they promise. */
function someSeries(
  shape: "noise" | "walk" | "bursts" | "leak",
  { seed, steps }: { readonly seed: number; readonly steps: number },
): { readonly values: Float64Array; readonly max: number } {
  const random = createGenerator(seed, 0);
  let state = 0;
  const values = Float64Array.from({ length: steps }, (_, t) => {
    const shock = random.normal();
    const burst = random.uniform() < (state > 8 ? 0.8 : 0.005) ? 15 : 0;
    state = shape === "bursts" ? shock + burst : shape === "walk" ? state + shock / 10 : shock;
    return state + (shape === "leak" ? 40 * t / steps : 0);
  });
  const newest = values.slice(-200, -100).sort();
  return { values, max: newest[90] + 4 * random.uniform() };
}

Deno.test("predictFurther() tells the same of the steps that horizons share, and never less of a longer one", async () => {
  const HORIZONS_MIN = [5, 10, 15, 20, 21, 30, 60, 1440];
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        shape: fc.constantFrom("noise" as const, "walk" as const, "bursts" as const, "leak" as const),
        seed: fc.integer({ min: 1, max: 1_000_000 }),
        stepMs: fc.constantFrom(30_000, 60_000),
        runMs: fc.constantFrom(0, 30_000, 60_000, 1_200_000),
      }),
      async ({ shape, seed, stepMs, runMs }) => {
        await using manager = openSlaManager({ stepMs, settings: { lookbackMs: 4 * HOUR_MS } });
        const fromMs = START_MS - 24 * HOUR_MS;
        const { values, max } = someSeries(shape, { seed, steps: 25 * HOUR_MS / stepMs });
        const valueAt = (timeMs: number): number => values[Math.round((timeMs - fromMs) / stepMs)];
        manager.source.series.set("m", [{ labels: {}, valueAt }]);
        const id = await create(manager, { name: "a", expression: "m", max });
        await manager.run(runMs);
        const asked = HORIZONS_MIN.map((minutes) => `?horizon=${minutes}m`);
        const answers = [];
        for (const query of ["", ...asked.toSorted(() => seed % 3 - 1)]) {
          const { body } = await manager.json("GET", `/slas/${id}/prediction${query}`);
          strictEqual(body.state, "fresh", body.reason);
          strictEqual(body.byStep.length, body.horizonMs / stepMs);
          strictEqual(body.probability, body.byStep.at(-1));
          strictEqual(body.bound === null, body.probability === 0, `${body.bound}: ${body.probability}`);
          answers.push(body);
        }
        answers.sort((a, b) => a.horizonMs - b.horizonMs);
        const day: number[] = answers.at(-1).byStep;
        ok(day.every((share, k) => k === 0 || share >= day[k - 1]));
        for (const { byStep } of answers) deepStrictEqual(byStep, day.slice(0, byStep.length));
      },
    ),
    { numRuns: 15, seed: 1 },
  );
});
