import { deepStrictEqual, ok } from "node:assert/strict";
import { rejudge } from "../../../../services/sla_manager/judging/advance.ts";
import { RULES, states, STEP, walk } from "./_walk.ts";

Deno.test("rejudge() follows the prediction with hysteresis", () => {
  const { progress } = walk([5, 5]);
  const risky = rejudge({ ...progress, risk: { probability: 0.7, active: true, untilMs: 9 * STEP } }, RULES);
  deepStrictEqual(states(risky.changes), [["at_risk", 1]]);
  ok(risky.progress.reason.includes("70 %"));
  const calm = rejudge(
    { ...risky.progress, risk: { probability: 0.1, active: false, untilMs: 9 * STEP } },
    RULES,
  );
  deepStrictEqual([states(calm.changes), calm.progress.state], [[], "at_risk"]);
});

Deno.test("rejudge() follows the prediction over a short gap, and leaves the state there to the sample else", () => {
  const risk = { probability: 0.7, active: true, untilMs: 9 * STEP };
  const found = (values: readonly number[]) => {
    const { progress, changes } = rejudge({ ...walk(values).progress, risk }, RULES);
    return [progress.state, states(changes)];
  };
  deepStrictEqual(found([5, NaN]), ["at_risk", [["at_risk", 1]]]);
  deepStrictEqual(found([11, NaN]), ["violated", []]);
  deepStrictEqual(found([5, NaN, NaN, NaN]), ["unknown", []]);
});
