import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { slaSince } from "../../../../services/sla_manager/held/sla_since.ts";
import type { SeriesProgress, StepVerdict } from "../../../../services/shared/domain/sla/sla_progress.ts";
import { badness, type SlaState } from "../../../../services/shared/domain/sla/sla_status.ts";
import { seriesOf } from "../../../contracts/_sla_values.ts";

const STEP = 15_000;
const STALE_STEPS = 4;
const RULES = { noData: "unknown", stepMs: STEP, staleAfterMs: STALE_STEPS * STEP } as const;

/** What a step of a label set is: its state by its sample, or no sample. */
type Step = "ok" | "at_risk" | "violated" | "silent";

/** A label set, step by step up to now, which is step `end`. */
interface Told {
  readonly first: number;
  readonly states: readonly SlaState[];
  readonly progress: SeriesProgress;
}

/** The states of a label set as judging dates them, and what is remembered of it at the end. */
function tell(steps: readonly Step[], end: number): Told {
  const first = end - steps.length;
  const states: SlaState[] = [];
  const recent: [number, number, StepVerdict][] = [];
  let silent = 0;
  for (const [i, step] of steps.entries()) {
    silent = step === "silent" ? silent + 1 : 0;
    states.push(step !== "silent" ? step : silent >= STALE_STEPS ? "unknown" : states[i - 1]);
    const verdict = step === "silent" ? "missing" : step === "violated" ? "bad" : "good";
    const atMs = (first + i) * STEP;
    if (recent.at(-1)?.[2] === verdict) recent.at(-1)![1] = atMs + STEP;
    else recent.push([atMs, atMs + STEP, verdict]);
  }
  const since = states.findLastIndex((state) => state !== states.at(-1)) + 1;
  const sinceMs = (first + since) * STEP;
  const account = { fromMs: first * STEP, toMs: end * STEP, run: null, recent };
  const progress = { ...seriesOf(), account, state: states.at(-1)!, sinceMs, sinceAtLeast: false };
  return { first, states, progress: { ...progress, changedAtMs: sinceMs } };
}

/** The worst state of a step, `null` where there is none yet. */
function worstAt(series: readonly Told[], step: number): SlaState | null {
  return series.filter(({ first }) => first <= step)
    .map(({ first, states }) => states[step - first])
    .reduce<SlaState | null>((a, b) => a !== null && badness(a) >= badness(b) ? a : b, null);
}

function seriesFrom(kinds: readonly [Step, ...Step[]]): fc.Arbitrary<readonly Told[]> {
  const run = fc.record({ step: fc.constantFrom(...kinds), length: fc.integer({ min: 1, max: 9 }) });
  const steps = fc.array(run, { minLength: 1, maxLength: 6 }).map((runs): Step[] => [
    // It is known from its first sample on.
    "ok",
    ...runs.flatMap(({ step, length }) => new Array<Step>(length).fill(step)),
  ]);
  return fc.array(steps, { minLength: 1, maxLength: 4 }).map((all) => {
    const end = 100;
    return all.map((one) => tell(one, end));
  });
}

Deno.test("slaSince tells no time in which the SLA was in another state, and says where it may have begun before", () => {
  fc.assert(
    fc.property(seriesFrom(["ok", "at_risk", "violated", "silent"]), (series) => {
      const { state, sinceMs, sinceAtLeast } = slaSince(series.map(({ progress }) => progress), RULES);
      strictEqual(state, worstAt(series, 99));
      for (let step = sinceMs / STEP; step < 100; step++) strictEqual(worstAt(series, step), state);
      if (!sinceAtLeast) ok(worstAt(series, sinceMs / STEP - 1) !== state);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("slaSince is exact where label sets are only ever within bounds or out of them", () => {
  fc.assert(
    fc.property(seriesFrom(["ok", "violated"]), (series) => {
      const found = slaSince(series.map(({ progress }) => progress), RULES);
      let begun = 99;
      while (worstAt(series, begun - 1) === worstAt(series, 99)) begun--;
      deepStrictEqual([found.sinceMs, found.sinceAtLeast], [begun * STEP, false]);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("slaSince knows the end of another's violation, and one that joined later begins nothing anew", () => {
  const since = (...all: Step[][]) => {
    const { state, sinceMs, sinceAtLeast } = slaSince(all.map((steps) => tell(steps, 100).progress), RULES);
    return [state, sinceMs / STEP, sinceAtLeast];
  };
  const calm = new Array<Step>(50).fill("ok");
  const wild = [...calm.slice(20), ...new Array<Step>(10).fill("violated"), ...calm.slice(40)] as Step[];
  // The one that was out of bounds is calm again, and not the worst by its value.
  deepStrictEqual(since(calm, wild), ["ok", 90, false]);
  deepStrictEqual(since(calm, calm.slice(45)), ["ok", 50, false]);
  // The violation of one is taken over by that of another.
  deepStrictEqual(since(wild, [...calm, ...new Array<Step>(15).fill("violated")]), ["violated", 80, false]);
  deepStrictEqual(since(calm, ["ok", "at_risk", "at_risk"]), ["at_risk", 98, false]);
  // Back from silence, in which it may have counted or not.
  deepStrictEqual(since(calm, ["ok", "silent", "silent", "silent", "silent", "silent", "ok"]), [
    "ok",
    99,
    true,
  ]);
});

Deno.test("slaSince is known as late as the last to be ok, and as early as the first not to be", () => {
  const [a, b] = ["ok", "ok"].map(() => tell(["ok", "violated", "ok"], 100).progress);
  strictEqual(slaSince([a, { ...b, changedAtMs: 2_000_000 }], RULES).knownSinceMs, 2_000_000);
  const [c, d] = ["ok", "ok"].map(() => tell(["ok", "violated"], 100).progress);
  strictEqual(slaSince([c, { ...d, changedAtMs: 2_000_000 }], RULES).knownSinceMs, 99 * STEP);
});
