import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import {
  findIntervals,
  type IntervalSearch,
  leadOf,
  NOT_HELD,
} from "../../../../services/sla_manager/answers/find_intervals.ts";
import { HourDeltas } from "../../../../services/sla_manager/budget/hour_deltas.ts";
import {
  advance,
  newSeriesProgress,
  type StateChange,
} from "../../../../services/sla_manager/judging/advance.ts";
import type { Stretch } from "../../../../services/sla_manager/judging/find_silence.ts";
import { RULES, STEP } from "../judging/_walk.ts";

/** A newest sample is stale after three steps, which is a violation. */
const SILENT = { ...RULES, noData: "violated" } as const;
const LEAD = leadOf(SILENT);

/** Over the given steps, by samples that begin at the first of them. */
function find(values: readonly number[], more: Partial<IntervalSearch> & { readonly startMs?: number } = {}) {
  const { startMs = 0, ...rest } = more;
  return findIntervals({ startMs, values }, {
    sla: { min: 0, max: 10, tolerance: "0s" },
    rules: SILENT,
    forgetAfterMs: Infinity,
    metFromMs: -Infinity,
    span: { fromMs: startMs, toMs: startMs + values.length * STEP },
    known: { judgedFromMs: startMs, lastAtMs: startMs },
    ...rest,
  });
}

/** From which step to which, and why. */
const told = ({ intervals }: ReturnType<typeof findIntervals>) =>
  intervals.map(({ fromMs, toMs, cause, ongoing }) => [
    fromMs / STEP,
    toMs / STEP,
    cause,
    ...(ongoing ? ["ongoing"] : []),
  ]);

const NONE = NaN;

Deno.test("findIntervals() makes a stale silence an interval, and a shorter one no more than missing", () => {
  const silence = { cause: "noData", bound: null, worst: null, worstAtMs: null } as const;
  deepStrictEqual(find([5, NONE, NONE, 5, NONE, NONE, NONE, NONE, 5]), {
    count: 1,
    violatedMs: 2 * STEP,
    missing: 6,
    intervals: [{ fromMs: 6 * STEP, toMs: 8 * STEP, ongoing: false, ...silence }],
  });
  deepStrictEqual(told(find([5, 11, NONE, NONE, NONE, NONE])), [[1, 2, "bound"], [
    4,
    6,
    "noData",
    "ongoing",
  ]]);
  deepStrictEqual(told(find([5, 11, NONE, NONE])), [[1, 2, "bound", "ongoing"]]);
  deepStrictEqual(told(find([5, NONE, NONE, NONE, 12, 5])), [[3, 4, "noData"], [4, 5, "bound"]]);
  deepStrictEqual(told(find([5, NONE, NONE, NONE, 5], { rules: RULES })), []);
  deepStrictEqual(told(find([5, NONE, NONE, NONE, 5], { rules: { ...RULES, noData: "ok" } })), []);
});

Deno.test("findIntervals() finds what docs/sla.md works out", () => {
  const stepMs = 15_000;
  const at = (minutes: number, seconds = 0): number => (60 * minutes + seconds) * 1_000;
  const values = Array.from({ length: 4 * 13 }, (_, i) => {
    const atMs = i * stepMs;
    return atMs <= at(4, 45) || atMs === at(10) || atMs >= at(12) ? 5 : NONE;
  });
  const rules = { ...SILENT, stepMs, staleAfterMs: 180_000 };
  const upTo = (newestMs: number) => {
    const seen = values.slice(0, newestMs / stepMs + 1);
    const { intervals, ...figures } = find(seen, { rules, span: { fromMs: 0, toMs: newestMs + stepMs } });
    return [intervals.map(({ fromMs, toMs, ongoing }) => [fromMs, toMs, ongoing]), figures];
  };
  deepStrictEqual(upTo(at(7, 30)), [[], { count: 0, violatedMs: 0, missing: 11 }]);
  deepStrictEqual(upTo(at(7, 45))[0], [[at(7, 45), at(8), true]]);
  deepStrictEqual(upTo(at(12)), [[[at(7, 45), at(10), false]], {
    count: 1,
    violatedMs: 135_000,
    missing: 27,
  }]);
});

Deno.test("findIntervals() finds no silence before a first sample, but of a series that was there", () => {
  const values = [NONE, NONE, NONE, NONE, 5];
  deepStrictEqual(told(find(values, { known: NOT_HELD })), []);
  deepStrictEqual(told(find(values, { known: { judgedFromMs: 2 * STEP, lastAtMs: 4 * STEP } })), []);
  const span = { fromMs: LEAD, toMs: 5 * STEP };
  const known = { judgedFromMs: -STEP, lastAtMs: 4 * STEP };
  deepStrictEqual(told(find(values, { known, span })), [[3, 4, "noData"]]);
  // Its newest sample is older than all that was read.
  deepStrictEqual(told(find([], { span, known: { judgedFromMs: -STEP, lastAtMs: -STEP } })), [[
    3,
    5,
    "noData",
    "ongoing",
  ]]);
});

Deno.test("findIntervals() ends a silence where its series is forgotten, unless it was judged all the time", () => {
  const values = [5, ...Array<number>(9).fill(NONE), 5];
  const forgetAfterMs = 7 * STEP;
  deepStrictEqual(told(find(values, { forgetAfterMs, known: NOT_HELD })), [[3, 7, "noData"]]);
  // Met anew.
  const anew = { judgedFromMs: 10 * STEP, lastAtMs: 10 * STEP };
  deepStrictEqual(told(find(values, { forgetAfterMs, known: anew })), [[3, 7, "noData"]]);
  const held = { judgedFromMs: 0, lastAtMs: 10 * STEP };
  // One that is gone: it was forgotten, unless it was silent before anybody judged.
  const gone = values.slice(0, -1);
  deepStrictEqual(told(find(gone, { forgetAfterMs, known: NOT_HELD })), [[3, 7, "noData"]]);
  deepStrictEqual(told(find(gone, { forgetAfterMs, known: NOT_HELD, metFromMs: 9 * STEP })), []);
  deepStrictEqual(told(find(gone, { known: NOT_HELD })), []);
  deepStrictEqual(told(find(values, { forgetAfterMs, known: held })), [[3, 10, "noData"]]);
});

/** Many gaps, and now and then a value out of bounds. */
const sample = fc.oneof(
  { weight: 5, arbitrary: fc.constant(NONE) },
  { weight: 3, arbitrary: fc.constant(5) },
  { weight: 2, arbitrary: fc.constantFrom(-1, 11, 12, Infinity) },
);
const samples = fc.array(sample, { minLength: 1, maxLength: 80 }).map((rest) => [5, ...rest]);

Deno.test("findIntervals() finds what advance() calls violated, from the same step to the same step", () => {
  fc.assert(
    fc.property(
      samples,
      fc.integer({ min: 0, max: 4 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 20 }),
      (values, tolerance, portions) => {
        const rules = { ...SILENT, toleranceMs: tolerance * STEP };
        // A last good step ends what may still be tolerated.
        const closed = [...values, 5];
        const { intervals } = find(closed, { sla: { min: 0, max: 10, tolerance: `${tolerance}m` }, rules });
        // The state lasts over a gap up to the next sample, where the newest one is not stale.
        const lasting = intervals.map(({ fromMs, toMs }) => {
          const next = closed.findIndex((value, i) => i * STEP >= toMs && !Number.isNaN(value));
          return { fromMs, toMs: next * STEP };
        });
        deepStrictEqual(join(lasting), join(violatedIn(walkThrough(closed, rules, portions))));
      },
    ),
    { seed: 11, numRuns: 1_000 },
  );
});

Deno.test("findIntervals() finds the same silence in a window as in the whole", () => {
  fc.assert(
    fc.property(samples, fc.nat(70), fc.integer({ min: 1, max: 40 }), (values, from, steps) => {
      const whole = find(values).intervals.filter(({ cause }) => cause === "noData");
      const span = { fromMs: (from % values.length) * STEP, toMs: 0 };
      span.toMs = Math.min(values.length * STEP, span.fromMs + steps * STEP);
      const startMs = Math.max(0, span.fromMs - LEAD);
      const newest = values.findLastIndex((value) => !Number.isNaN(value));
      const part = find(values.slice(startMs / STEP, span.toMs / STEP), {
        startMs,
        span,
        known: { judgedFromMs: 0, lastAtMs: newest * STEP },
      }).intervals.filter(({ cause }) => cause === "noData");
      const cut = whole.filter(({ fromMs, toMs }) => fromMs < span.toMs && toMs > span.fromMs)
        .map((one) => ({
          ...one,
          fromMs: Math.max(one.fromMs, span.fromMs),
          toMs: Math.min(one.toMs, span.toMs),
          ongoing: one.toMs >= span.toMs,
        }));
      deepStrictEqual(part, cut);
      strictEqual(part.filter(({ ongoing }) => ongoing).length <= 1, true);
    }),
    { seed: 12, numRuns: 1_000 },
  );
});

/** What advance() tells of samples of which the first is within bounds. */
function walkThrough(
  values: readonly number[],
  rules: Parameters<typeof advance>[2]["rules"],
  portions: readonly number[],
): readonly StateChange[] {
  let { progress } = advance(newSeriesProgress("id", {}, 0), { startMs: 0, values }, {
    toMs: STEP,
    nowMs: STEP,
    rules,
    totals: new HourDeltas(),
  });
  const changes: StateChange[] = [];
  let done = 1;
  for (const portion of [...portions, values.length]) {
    done = Math.min(values.length, done + portion);
    const toMs = done * STEP;
    const walked = advance(progress, { startMs: 0, values }, {
      toMs,
      nowMs: toMs,
      rules,
      totals: new HourDeltas(),
    });
    progress = walked.progress;
    changes.push(...walked.changes);
  }
  return changes;
}

/** When the state was violated, by its changes; it is not at their end. */
function violatedIn(changes: readonly StateChange[]): Stretch[] {
  return changes.flatMap(({ to, atMs }, k) =>
    to === "violated" ? [{ fromMs: atMs, toMs: changes[k + 1].atMs }] : []
  );
}

/** Stretches that touch or overlap as one. */
function join(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const { fromMs, toMs } of stretches) {
    const last = joined.at(-1);
    if (last === undefined || fromMs > last.toMs) joined.push({ fromMs, toMs });
    else joined[joined.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, toMs) };
  }
  return joined;
}
