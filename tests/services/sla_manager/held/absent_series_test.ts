import { deepStrictEqual } from "node:assert/strict";
import type { SeriesProgress, StepVerdict } from "../../../../services/shared/domain/sla/sla_progress.ts";
import { findAbsent } from "../../../../services/sla_manager/held/absent_series.ts";
import { newSeriesProgress } from "../../../../services/sla_manager/judging/advance.ts";

const STEP_MS = 10;
const TO_MS = 1_000;

/** A label set with its verdicts, whose newest sample is where the last of them is none. */
function series(seriesId: string, recent: [number, number, StepVerdict][]): SeriesProgress {
  const lastMs = recent.findLast(([, , verdict]) => verdict !== "missing")?.[1];
  return {
    ...newSeriesProgress(seriesId, {}, 0),
    lastAtMs: lastMs === undefined ? null : lastMs - STEP_MS,
    account: { fromMs: 0, toMs: TO_MS, run: null, recent },
  };
}

const GONE = series("gone", [[0, 300, "good"], [300, TO_MS, "missing"]]);
const THERE = series("there", [[0, TO_MS, "good"]]);

const find = (
  all: SeriesProgress[],
  retireAfterMs: number,
  noData: "unknown" | "violated" | "ok" = "unknown",
) => {
  const rules = { stepMs: STEP_MS, staleAfterMs: 100, noData };
  const { retired, heldToMs } = findAbsent(all, { rules, retireAfterMs });
  return { retired: [...retired], heldToMs: [...heldToMs] };
};

const NOBODY = { retired: [], heldToMs: [] };

Deno.test("findAbsent() holds a series until another had samples for so long without it", () => {
  deepStrictEqual(find([GONE, THERE], 701), { retired: [], heldToMs: [["gone", 1_001]] });
  deepStrictEqual(find([GONE, THERE], 700), { retired: ["gone"], heldToMs: [] });
  deepStrictEqual(find([GONE, THERE], 700, "ok"), { retired: ["gone"], heldToMs: [] });
});

Deno.test("findAbsent() does not count time in which none had samples, as while the source is away", () => {
  const back = series("back", [[0, 400, "bad"], [400, 900, "missing"], [900, TO_MS, "good"]]);
  deepStrictEqual(find([GONE, back], 700), { retired: [], heldToMs: [["gone", 1_500]] });
});

Deno.test("findAbsent() counts what may still be tolerated", () => {
  const run = { bound: "max", fromMs: 500, steps: 50, counted: false, firstValue: 9 } as const;
  const outside = series("outside", [[0, 500, "good"]]);
  const tolerated = { ...outside, lastAtMs: TO_MS - STEP_MS, account: { ...outside.account, run } };
  deepStrictEqual(find([GONE, tolerated], 700).retired, ["gone"]);
});

Deno.test("findAbsent() leaves those alone that are there, that no other outlived, and where no data is a violation", () => {
  deepStrictEqual(find([], 100), NOBODY);
  deepStrictEqual(find([GONE], 100), NOBODY);
  deepStrictEqual(find([GONE, series("too", [[0, 300, "good"], [300, TO_MS, "missing"]])], 100), NOBODY);
  deepStrictEqual(find([series("never", [[0, TO_MS, "missing"]]), THERE], 100), NOBODY);
  deepStrictEqual(find([series("late", [[0, 950, "good"], [950, TO_MS, "missing"]]), THERE], 40), NOBODY);
  deepStrictEqual(find([GONE, THERE], 700, "violated"), NOBODY);
});
