import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import type { StepVerdict } from "../../../../services/shared/domain/sla/sla_progress.ts";
import {
  burnRates,
  judgedShares,
  spentRates,
} from "../../../../services/sla_manager/budget/budget_figures.ts";
import { HourTotals } from "../../../../services/sla_manager/budget/hour_totals.ts";
import { openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Stretches one after another, the last one ending at `START_MS`. */
function inputsOf(stretches: readonly (readonly [minutes: number, verdict: StepVerdict])[]) {
  let fromMs = START_MS - MINUTE_MS * stretches.reduce((sum, [minutes]) => sum + minutes, 0);
  const totals = new HourTotals(74);
  const recent: [number, number, StepVerdict][] = [];
  for (const [minutes, verdict] of stretches) {
    const toMs = fromMs + minutes * MINUTE_MS;
    const recentMs = Math.max(fromMs, START_MS - 6 * HOUR_MS);
    if (toMs > recentMs) recent.push([recentMs, toMs, verdict]);
    for (; fromMs < toMs; fromMs += MINUTE_MS) totals.add(fromMs, MINUTE_MS, verdict);
  }
  const account = { fromMs: 0, toMs: START_MS, run: null, recent };
  return { account, totals, target: 0.99, noData: "unknown" as const };
}

Deno.test("spentRates() takes what was not judged for good, of which burnRates() says nothing", () => {
  const young = inputsOf([[200, "missing"], [3, "good"], [1, "bad"]]);
  const rates = burnRates(young);
  for (const rate of Object.values(rates)) ok(Math.abs(rate! - 25) < 1e-9, `${rate}`);
  // A bad minute of so many is so many times the one in a hundred that is allowed.
  const minutes = { "5m": 5, "30m": 30, "1h": 60, "6h": 360, "3d": 4_320 };
  for (const [window, length] of Object.entries(minutes)) {
    const spent = spentRates(young)[window as keyof typeof minutes]!;
    ok(Math.abs(spent - 100 / length) < 1e-9, `${window}: ${spent}`);
  }
  deepStrictEqual(judgedShares(young), {
    "5m": 0.8,
    "30m": 4 / 30,
    "1h": 4 / 60,
    "6h": 4 / 360,
    "3d": 4 / 4_320,
  });
  const nothing = inputsOf([[10, "missing"]]);
  ok(Object.values(spentRates(nothing)).every((rate) => rate === null));
});

Deno.test("spentRates() equals burnRates() where all was judged, and is never above it", () => {
  const stretch = fc.tuple(fc.integer({ min: 1, max: 600 }), fc.constantFrom<StepVerdict[]>("good", "bad"));
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 12 }), fc.boolean(), (stretches, isWhole) => {
      const inputs = inputsOf([...isWhole ? [[73 * 60, "good"] as const] : [], [1, "good"], ...stretches]);
      const [rates, spent] = [burnRates(inputs), spentRates(inputs)];
      for (const window of ["5m", "30m", "1h", "6h", "3d"] as const) {
        if (isWhole) ok(Math.abs(spent[window]! - rates[window]!) < 1e-9, window);
        ok(spent[window]! <= rates[window]! + 1e-9, window);
      }
    }),
    { seed: 1 },
  );
});

Deno.test("an SLA over samples of minutes has burn rates of them, and no burn alert", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0, riskThreshold: 1 } });
  // From START_MS on, and out of bounds in the first 30 s.
  manager.source.series.set("m", [{
    labels: {},
    valueAt: (timeMs) => timeMs < START_MS ? NaN : timeMs < START_MS + 30_000 ? 3 : 1,
  }]);
  await manager.clock.advance(3 * MINUTE_MS);
  const draft = { name: "a", expression: "m", max: 2, target: 0.999, budgetWindow: "30d" };
  const { id } = (await manager.json("POST", "/slas", draft)).body;
  while (await manager.evaluator.backfill(id));
  await manager.run(10 * MINUTE_MS);
  const { items } = (await manager.json("GET", `/slas/${id}/events`)).body;
  // Within the first minutes half a minute is more than 14.4 times the allowed share of 5 min, not of an hour.
  deepStrictEqual(items.filter(({ kind }: { kind: string }) => kind === "burn_rate"), []);
  const { body } = await manager.json("GET", `/slas/${id}/budget`);
  ok(body.burnRates["3d"] > 14.4 && body.judgedShares["3d"] < 0.01);
  // Of the six hours whose rate would go on, less than a quarter of an hour was judged.
  strictEqual(body.exhaustedInMs, null);
});
