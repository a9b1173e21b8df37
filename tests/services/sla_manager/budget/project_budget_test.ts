import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { HOUR_MS, HourTotals } from "../../../../services/sla_manager/budget/hour_totals.ts";
import { projectBudget } from "../../../../services/sla_manager/budget/project_budget.ts";
import { START_MS } from "../../../support/sla_manager.ts";

const MINUTE_MS = 60_000;

/**
 * Bad minutes of each hour up to `START_MS` + `minutes`, the oldest first, of a window as long, half an hour of it
 * allowed.
 */
function aboutOf(badMinutes: readonly number[], burnRate: number, minutes = 0) {
  const toMs = START_MS + minutes * MINUTE_MS;
  const totals = new HourTotals(badMinutes.length + 2);
  const windowMs = (badMinutes.length - (minutes === 0 ? 0 : 1)) * HOUR_MS;
  const fromMs = Math.floor((toMs - windowMs) / HOUR_MS) * HOUR_MS;
  badMinutes.forEach((bad, k) => totals.add(fromMs + k * HOUR_MS, bad * MINUTE_MS, "bad"));
  const budgetMs = 30 * MINUTE_MS;
  const spentMs = badMinutes.reduce((sum, bad) => sum + bad, 0) * MINUTE_MS;
  const remaining = 1 - spentMs / budgetMs;
  return {
    totals,
    about: { fromMs, toMs, windowMs, noData: "unknown" as const, budgetMs, remaining, burnRate },
  };
}

/** The same in hours from `START_MS`. */
function curveOf(badMinutes: readonly number[], burnRate: number) {
  const { totals, about } = aboutOf(badMinutes, burnRate);
  return projectBudget(totals, about)?.map(({ atMs, remaining }) => [
    Number(((atMs - START_MS) / HOUR_MS).toFixed(6)),
    Number(remaining.toFixed(6)),
  ]);
}

Deno.test("projectBudget() counts off what leaves the window, worked by hand", () => {
  // 6 of 30 min are left, and 15 min are spent in an hour: gone after 24 min.
  deepStrictEqual(curveOf([24, 0, 0, 0], 2), [[0, 0.2], [0.4, 0]]);
  // At 0.5× 3.75 min an hour: the 24 min are back before anything is used up, for good.
  strictEqual(curveOf([24, 0, 0, 0], 0.5), undefined);
  // Where they stay for two hours more, nothing is left after 1.6 h.
  deepStrictEqual(curveOf([0, 0, 24, 0], 0.5), [[0, 0.2], [1, 0.075], [1.6, 0]]);
  // 3 min leave after the first hour and are half an hour's worth and more: 2.25 min of 6 + 3 are left after 1 h, …
  deepStrictEqual(curveOf([3, 0, 21, 0], 0.5), [[0, 0.2], [1, 0.175], [2, 0.05], [2.4, 0]]);
  // An untouched budget lasts for its window over the rate.
  deepStrictEqual(curveOf([0, 0, 0, 0], 2)?.at(-1), [2, 0]);
  deepStrictEqual(curveOf([20, 20, 0, 0], 0.1), [[0, -0.333333]]);
});

Deno.test("projectBudget() finds what a clock finds that goes on minute by minute", () => {
  const hours = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 12 });
  fc.assert(
    fc.property(
      hours,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 59 }),
      (badMinutes, tenths, minutes) => {
        const { totals, about } = aboutOf(badMinutes, tenths / 10, minutes);
        const { fromMs, toMs, windowMs, budgetMs, remaining, burnRate } = about;
        fc.pre(remaining > 0);
        const perMinute = burnRate * MINUTE_MS * budgetMs / windowMs;
        let emptyMs: number | null = null;
        for (let atMs = toMs; atMs <= toMs + windowMs && emptyMs === null; atMs += MINUTE_MS) {
          const firstMs = Math.floor((atMs - windowMs) / HOUR_MS) * HOUR_MS;
          const spentMs = badMinutes.reduce(
            (sum, bad, k) => fromMs + k * HOUR_MS < firstMs ? sum : sum + bad * MINUTE_MS,
            perMinute * (atMs - toMs) / MINUTE_MS,
          );
          if (spentMs >= budgetMs) emptyMs = atMs;
        }
        const points = projectBudget(totals, about);
        const endMs = points?.at(-1)?.atMs ?? null;
        // A minute in which an hour leaves may hide what the moment before it shows.
        if (emptyMs === null) {
          ok(endMs === null || endMs % HOUR_MS > HOUR_MS - MINUTE_MS || endMs % HOUR_MS < MINUTE_MS);
        } else ok(endMs !== null && endMs <= emptyMs + 1, `${endMs}, ${emptyMs}`);
        if (points === null) return;
        ok(points.every(({ atMs }, k) => k === 0 || atMs > points[k - 1].atMs));
        ok(Math.abs(points[0].remaining - remaining) < 1e-12);
        const rough = emptyMs !== null && endMs !== null && endMs < emptyMs - MINUTE_MS - 1;
        if (rough) ok(HOUR_MS - endMs % HOUR_MS <= MINUTE_MS, `${endMs}, ${emptyMs}`);
      },
    ),
    { seed: 1 },
  );
});
