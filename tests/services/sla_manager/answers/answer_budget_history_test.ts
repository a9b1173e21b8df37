import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import type { Sla } from "../../../../services/shared/domain/sla/sla.ts";
import { SlaBudgetHistory } from "../../../../services/shared/domain/sla/sla_budget_history.ts";
import { formatDuration } from "../../../../services/shared/domain/units/duration_text.ts";
import type { HourBucket } from "../../../../services/shared/ports/sla_progress_store.ts";
import { answerBudget } from "../../../../services/sla_manager/answers/answer_budget.ts";
import { answerBudgetHistory } from "../../../../services/sla_manager/answers/answer_budget_history.ts";
import { emptyBackfill } from "../../../../services/sla_manager/evaluation/backfill_range.ts";
import { openEntry, type SlaEntry } from "../../../../services/sla_manager/held/sla_entry.ts";
import { newSeriesProgress } from "../../../../services/sla_manager/judging/advance.ts";
import { judgeKey } from "../../../../services/sla_manager/judging/judged_definition.ts";
import { exampleSla } from "../../../support/example_sla.ts";
import { openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** An SLA with one label set of which these hours before `toMs` are stored, the newest last. */
function entryOf(
  { toMs, hours, ...draft }:
    & { readonly toMs: number; readonly hours: readonly (readonly [number, number, number])[] }
    & Partial<Pick<Sla, "target" | "noData" | "budgetWindow">>,
): SlaEntry {
  const sla = exampleSla({ createdAtMs: START_MS, updatedAtMs: START_MS, ...draft });
  const progress = newSeriesProgress("0123456789abcdef", { job: "node" }, toMs);
  const lastHourMs = Math.ceil(toMs / HOUR_MS) * HOUR_MS - HOUR_MS;
  const buckets = hours.map(([goodMs, badMs, missingMs], i): HourBucket => ({
    seriesId: progress.seriesId,
    hourMs: lastHourMs - (hours.length - 1 - i) * HOUR_MS,
    goodMs,
    badMs,
    missingMs,
  }));
  const backfill = emptyBackfill(toMs - 100 * 24 * HOUR_MS);
  return openEntry(sla, {
    version: 1,
    progress: { judgeKey: judgeKey(sla), judged: null, told: null, evaluatedAtMs: toMs, backfill },
    series: [progress],
    buckets,
    models: [],
  });
}

Deno.test("answerBudgetHistory() tells what was left after each hour, worked by hand", () => {
  // 1 % of 4 h are 144 s; the window begins with the hour in which 4 h ago was.
  const history = answerBudgetHistory(
    entryOf({
      target: 0.99,
      budgetWindow: "4h",
      toMs: START_MS + 30 * MINUTE_MS,
      hours: [[HOUR_MS, 0, 0], [HOUR_MS - 36_000, 36_000, 0], [0, 0, HOUR_MS], [0, 36_000, 0], [
        30 * MINUTE_MS - 144_000,
        144_000,
        0,
      ]],
    }),
    START_MS + HOUR_MS,
  );
  strictEqual(history.fromMs, START_MS - 4 * HOUR_MS);
  strictEqual(history.toMs, START_MS + 30 * MINUTE_MS);
  strictEqual(history.stepMs, HOUR_MS);
  deepStrictEqual(history.remaining, [1, 0.75, 0.75, 0.5, -0.5]);
  deepStrictEqual(history.badMs, [0, 36_000, 0, 36_000, 144_000]);
  deepStrictEqual(history.missingMs, [0, 0, HOUR_MS, 0, 0]);
  // Nothing is left; the verdicts of the last six hours, from which the rate is taken, are none here.
  deepStrictEqual([history.projected, history.reason], [null, undefined]);
});

Deno.test("answerBudgetHistory() is null before anything was judged, and without a target says so", () => {
  const hours = [[0, 0, HOUR_MS], [HOUR_MS, 0, 0]] as const;
  const about = { toMs: START_MS, hours, budgetWindow: "3h" };
  deepStrictEqual(answerBudgetHistory(entryOf({ ...about, target: 0.9 }), START_MS).remaining, [
    null,
    null,
    1,
  ]);
  const without = answerBudgetHistory(entryOf(about), START_MS);
  deepStrictEqual(without.remaining, [null, null, null]);
  deepStrictEqual(without.missingMs, [0, HOUR_MS, 0]);
  deepStrictEqual([without.target, without.projected], [null, null]);
  strictEqual(without.reason, "no target is given, so there is no budget");
});

Deno.test("answerBudgetHistory() never rises, ends at what is left, and its sums are the budget's", () => {
  const hour = fc.tuple(fc.nat(240), fc.nat(240), fc.nat(240)).map(([good, bad, missing]) => {
    const scale = 15_000 * Math.min(1, 240 / Math.max(1, good + bad + missing));
    return [good, bad, missing].map((steps) => Math.floor(steps * scale)) as [number, number, number];
  });
  fc.assert(
    fc.property(
      fc.array(hour, { maxLength: 60 }),
      fc.integer({ min: 60, max: 90 * 24 * 60 }),
      fc.integer({ min: 0, max: 239 }),
      fc.constantFrom(null, 0.5, 0.9, 0.999, 0.99999),
      fc.constantFrom<Sla["noData"][]>("unknown", "violated", "ok"),
      (hours, windowMinutes, steps, target, noData) => {
        const toMs = START_MS + steps * 15_000;
        const budgetWindow = formatDuration(windowMinutes * MINUTE_MS);
        const entry = entryOf({ toMs, hours, target, noData, budgetWindow });
        const history = SlaBudgetHistory.parse(answerBudgetHistory(entry, toMs));
        const budget = answerBudget(entry, toMs);
        const { remaining, badMs, missingMs, fromMs, stepMs } = history;
        ok(remaining.length <= 1_000 && stepMs % HOUR_MS === 0);
        strictEqual(remaining.length, Math.ceil((toMs - fromMs) / stepMs));
        deepStrictEqual([badMs.length, missingMs.length], [remaining.length, remaining.length]);
        strictEqual(remaining.at(-1), budget.remaining);
        strictEqual(badMs.reduce((sum, ms) => sum + ms, 0), budget.badMs);
        strictEqual(missingMs.reduce((sum, ms) => sum + ms, 0), budget.missingMs);
        // As many hours as the window has are there, whatever its length.
        const held = hours.slice(-Math.ceil((toMs - fromMs) / HOUR_MS));
        strictEqual(budget.goodMs, held.reduce((sum, [goodMs]) => sum + goodMs, 0));
        const known = remaining.filter((left) => left !== null);
        ok(known.every((left, k) => left <= (known[k - 1] ?? 1)));
        ok(
          remaining.slice(remaining.length - known.length).every((left) => left !== null),
          "nulls come first",
        );
      },
    ),
    { seed: 1 },
  );
});

Deno.test("GET /slas/{id}/budget/history tells of the worst series, or of another, and where it leads", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  manager.source.series.set("m", [
    { labels: { host: "good" }, valueAt: () => 1 },
    { labels: { host: "bad" }, valueAt: (timeMs) => timeMs % HOUR_MS < 6 * MINUTE_MS ? 3 : 1 },
  ]);
  const create = async (name: string, more: object = {}): Promise<string> =>
    (await manager.json("POST", "/slas", { name, expression: "m", max: 2, ...more })).body.id;
  const id = await create("a", { target: 0.9, budgetWindow: "12h" });
  while (await manager.evaluator.backfill(id));
  await manager.run(HOUR_MS);
  const path = `/slas/${id}/budget/history`;
  const { status, body } = await manager.json("GET", path);
  const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
  strictEqual(status, 200);
  SlaBudgetHistory.strict().parse(body);
  deepStrictEqual(body.labels, { host: "bad" });
  strictEqual(body.remaining.at(-1), budget.remaining);
  strictEqual(budget.judgedShares["6h"], 1);
  strictEqual(body.projected.burnRate, budget.burnRates["6h"]);
  strictEqual(body.projected.atMs, Math.round(budget.toMs + budget.exhaustedInMs));
  const { seriesId } = budget.series[1];
  const other = (await manager.json("GET", `${path}?series=${seriesId}`)).body;
  deepStrictEqual([other.seriesId, other.labels, other.projected], [seriesId, { host: "good" }, null]);
  deepStrictEqual(new Set(other.remaining.filter((left: number | null) => left !== null)), new Set([1]));

  const free = (await manager.json("GET", `/slas/${await create("b")}/budget/history`)).body;
  deepStrictEqual([new Set(free.remaining), free.target, free.reason], [
    new Set([null]),
    null,
    "no target is given, so there is no budget",
  ]);
  strictEqual((await manager.json("GET", "/slas/none/budget/history")).status, 404);
  strictEqual((await manager.json("GET", `${path}?series=ffffffffffffffff`)).status, 404);
  const { status: refused, body: problem } = await manager.json("GET", `${path}?series=x`);
  deepStrictEqual([refused, problem.errors[0].field], [422, "series"]);
});
