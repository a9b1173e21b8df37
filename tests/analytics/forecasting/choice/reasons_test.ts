import { ok, strictEqual } from "node:assert/strict";
import { forecast } from "@pronoia/analytics";

Deno.test("a candidate worse than the naive forecast is so by the scores that are shown, and by as much as its reason says", () => {
  let found = 0;
  let blends = 0;
  for (let seed = 1; seed <= 24; seed++) {
    let [state, level] = [seed, 0];
    const values = Float64Array.from({ length: 160 }, () => {
      state = state * 48_271 % 2_147_483_647;
      return level += state / 2_147_483_647 - 0.5;
    });
    const { candidates } = forecast(values, { horizon: 5, periods: [] }).explanation;
    const naive = candidates.find(({ method }) => method === "naive")!.score!;
    for (const { method, score, rejected } of candidates) {
      const [, words] = /^Errors (.+) those of naive$/.exec(rejected ?? "") ?? [];
      if (words === undefined) continue;
      found++;
      if (method.startsWith("blend of ")) blends++;
      const above = 100 * (score! / naive - 1);
      ok(above > 0, method);
      const percent = /^([\d.]+) % above$/.exec(words)?.[1];
      ok(
        percent === undefined
          ? words === "a hair above" && above < 0.101 || above > 9_900
          : Math.abs(Number(percent) - above) < 0.051 * above,
        `${method}: ${words}, by scores ${above} %`,
      );
    }
    // What is not worse is never said to be.
    strictEqual(
      candidates.find(({ method }) => method === "naive")!.rejected?.includes("those of naive") ?? false,
      false,
    );
  }
  ok(found > 0);
  ok(blends > 0, "a blend of naive and worse was among them");
});
