import { deepStrictEqual, notDeepStrictEqual, ok } from "node:assert/strict";
import { createDemoSource, DEMO_STEP_MS } from "../../../../../services/shared/adapters/demo/demo_source.ts";
import { metricsSourceContract } from "../../../../contracts/metrics_source.ts";

const NOW_MS = Date.UTC(2026, 4, 17, 13, 37, 12);
const clock = { nowMs: () => NOW_MS, sleep: () => Promise.resolve() };
const toMs = Math.floor(NOW_MS / DEMO_STEP_MS) * DEMO_STEP_MS;

Deno.test("createDemoSource() keeps the contract of MetricsSource", async (t) => {
  await using source = createDemoSource({ clock });
  await metricsSourceContract(t, { source, toMs, hasExtra: false });
});

Deno.test("createDemoSource() is a pure function of seed and time", async () => {
  const query = { expression: '{__name__=~".+"}', fromMs: toMs - 3_600_000, toMs, stepMs: DEMO_STEP_MS };
  const values = async (seed: number) =>
    (await createDemoSource({ clock, seed }).read(query)).series.map((series) => [...series.values]);
  deepStrictEqual(await values(7), await values(7));
  notDeepStrictEqual(await values(7), await values(8));
});

Deno.test("createDemoSource() counters never fall but at a restart, to near 0", async () => {
  await using source = createDemoSource({ clock });
  const { series } = await source.read({
    expression: '{__name__=~".+_total"}',
    fromMs: toMs - 48 * 3_600_000,
    toMs,
    stepMs: DEMO_STEP_MS,
  });
  let restarts = 0;
  for (const { values } of series) {
    for (let k = 1; k < values.length; k++) {
      if (values[k] >= values[k - 1]) continue;
      restarts++;
      ok(values[k] < values[k - 1] / 10 || values[k] < 3_000);
    }
  }
  ok(restarts >= 4);
});

Deno.test("createDemoSource() holds some twenty series without a day of history missing", async () => {
  await using source = createDemoSource({ clock });
  const fromMs = toMs - 24 * 3_600_000;
  const { series } = await source.discover({ selectors: ['{__name__=~".+"}'], fromMs, toMs });
  ok(series.length >= 20);
  const reading = await source.read({ expression: '{__name__=~".+"}', fromMs, toMs, stepMs: DEMO_STEP_MS });
  for (const { values } of reading.series) ok(values.filter((value) => !Number.isNaN(value)).length > 2_500);
});
