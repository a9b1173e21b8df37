import { ok, strictEqual } from "node:assert/strict";
import { forecast } from "@pronoia/analytics";

/** Surcharges of docs/methods.md. */
const surcharge = (method: string): number => method.startsWith("blend of ") ? 1.2 : 1.3;

Deno.test("a candidate worse than the naive forecast says so by errors as measured, and what is added to them why", () => {
  let found = 0;
  for (let seed = 1; seed <= 12; seed++) {
    let [state, level] = [seed, 0];
    const values = Float64Array.from({ length: 160 }, () => {
      state = state * 48_271 % 2_147_483_647;
      return level += state / 2_147_483_647 - 0.5;
    });
    const { candidates } = forecast(values, { horizon: 5, periods: [] }).explanation;
    const uncharged = (name: string): number =>
      candidates.find(({ method }) => method === name)!.score! / surcharge(name);
    for (const { method, rejected } of candidates) {
      const [, words] = /^Errors (.+) those of naive as measured, before up to 30 % is added for luck$/
        .exec(rejected ?? "") ?? [];
      strictEqual(words !== undefined, uncharged(method) > uncharged("naive") * (1 + 1e-12), method);
      if (words === undefined) continue;
      found++;
      const percent = /^([\d.]+) % above$/.exec(words)?.[1];
      const above = 100 * (uncharged(method) / uncharged("naive") - 1);
      ok(
        percent === undefined
          ? words === "a hair above" || above >= 100
          : Math.abs(Number(percent) - above) < 0.06,
      );
    }
  }
  ok(found > 0);
});
