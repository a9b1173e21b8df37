import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { FakeClock } from "../../../support/fake_clock.ts";
import { createScriptedSource } from "../../../support/scripted_source.ts";
import { create, openSlaManager, type SlaManagerUnderTest, START_MS } from "../../../support/sla_manager.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const PATTERN_FROM_MS = START_MS - 16 * HOUR_MS;
/** Nothing is forecast here. */
const SETTINGS = { intervalMs: 10 * MINUTE_MS, choicesMax: { quick: 0, full: 0 } };

/** A value that changes at each of these minutes: none, one within bounds, one beyond. */
const pattern = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom(NaN, 1, 9)),
  { minLength: 1, maxLength: 14 },
);

const edits = fc.oneof(
  fc.constantFrom(1, 3, 7).map((times) => ({ do: "run" as const, times })),
  fc.constant({ do: "backfill" as const }),
  fc.constant({ do: "restart" as const }),
  fc.record({
    do: fc.constant("edit" as const),
    to: fc.oneof(
      fc.constantFrom("1h", "3h", "8h", "12h").map((budgetWindow) => ({ budgetWindow })),
      fc.constantFrom(null, 0.9).map((target) => ({ target })),
      fc.constantFrom("unknown", "violated", "ok").map((noData) => ({ noData })),
      fc.constantFrom(4, 5).map((max) => ({ max })),
    ),
  }),
);

Deno.test("answerBudget() counts every step since the first sample once, as what it was", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        stepMs: fc.constantFrom(15_000, 7_000, 3_000),
        patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
        createdAfterMs: fc.integer({ min: 0, max: 3 * HOUR_MS }),
        budgetWindow: fc.constantFrom("1h", "3h", "8h", "12h"),
        actions: fc.array(edits, { maxLength: 6 }),
      }),
      async ({ stepMs, patterns, createdAfterMs, budgetWindow, actions }) => {
        const clock = new FakeClock(START_MS + createdAfterMs);
        const source = createScriptedSource({ clock, stepMs });
        const valuesOf = patterns.map((steps) => (timeMs: number) => valueAt(steps, timeMs));
        source.series.set(
          "m",
          valuesOf.map((valueAt, k) => ({ labels: labelsOf(k, patterns.length === 1), valueAt })),
        );
        let manager = openSlaManager({ settings: SETTINGS, clock, source, stepMs });
        const { store } = manager;
        try {
          let draft = { name: "a", expression: "m", max: 4, target: 0.9, budgetWindow };
          const id = await create(manager, draft);
          for (const action of [...actions, { do: "run" as const, times: 1 }]) {
            if (action.do === "run") await manager.run(action.times * SETTINGS.intervalMs);
            if (action.do === "backfill") await manager.evaluator.backfill(id);
            if (action.do === "restart") {
              manager = openSlaManager({ settings: SETTINGS, clock, source, stepMs, store });
              await manager.evaluator.slas.refresh();
            }
            if (action.do === "edit") {
              draft = { ...draft, ...action.to } as typeof draft;
              strictEqual((await manager.json("PUT", `/slas/${id}`, draft)).status, 200);
            }
          }
          while (await manager.evaluator.backfill(id));
          await manager.run(SETTINGS.intervalMs);
          while (await manager.evaluator.backfill(id));
          await requireWhole(manager, { id, valuesOf, stepMs });
        } finally {
          await store[Symbol.asyncDispose]();
        }
      },
    ),
    { numRuns: 25, seed: 20260101, endOnFailure: true },
  );
});

/** Each label set's figures are those of its samples from `judgedFromMs` to `toMs`, in every hour. */
async function requireWhole(
  manager: SlaManagerUnderTest,
  { id, valuesOf, stepMs }: {
    readonly id: string;
    readonly valuesOf: readonly ((timeMs: number) => number)[];
    readonly stepMs: number;
  },
): Promise<void> {
  const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
  const entry = manager.evaluator.slas.require(id);
  for (const { seriesId, labels, goodMs, badMs, missingMs } of budget.series) {
    const { body: { judgedFromMs } } = await manager.json(
      "GET",
      `/slas/${id}/budget/history?series=${seriesId}`,
    );
    strictEqual(goodMs + badMs + missingMs, budget.toMs - judgedFromMs);
    // Without a sample yet there is a label set that stands for those of the expression.
    const isKnown = valuesOf.length === 1 || labels.k !== undefined;
    const valueOf = isKnown ? valuesOf[Number(labels.k ?? 0)] : () => NaN;
    const hours = new Map<number, { goodMs: number; badMs: number; missingMs: number }>();
    for (let atMs = judgedFromMs; atMs < budget.toMs; atMs += stepMs) {
      const hourMs = Math.floor(atMs / HOUR_MS) * HOUR_MS;
      const hour = hours.get(hourMs) ?? { goodMs: 0, badMs: 0, missingMs: 0 };
      const value = valueOf(atMs);
      hour[Number.isNaN(value) ? "missingMs" : value > 5 ? "badMs" : "goodMs"] += stepMs;
      hours.set(hourMs, hour);
    }
    const { totals } = entry.series.get(seriesId)!;
    for (const [hourMs, hour] of hours) deepStrictEqual(totals.sum(hourMs, hourMs + HOUR_MS), hour);
    // With a target nothing of the window is left out, but of a label set that was not there when the past was read.
    if (entry.sla.target === null || valuesOf.length > 1) continue;
    for (let atMs = entry.progress!.backfill.fromMs; atMs < judgedFromMs; atMs += stepMs) {
      ok(atMs < budget.fromMs || Number.isNaN(valueOf(atMs)), `a sample at ${atMs} is not counted`);
    }
  }
}

function labelsOf(k: number, isAlone: boolean): Readonly<Record<string, string>> {
  return isAlone ? {} : { k: String(k) };
}

function valueAt(steps: readonly (readonly [number, number])[], timeMs: number): number {
  let endMs = PATTERN_FROM_MS;
  for (const [minutes, value] of steps) {
    endMs += minutes * MINUTE_MS;
    if (timeMs < endMs) return value;
  }
  return steps.at(-1)![1];
}
