import { ok, strictEqual } from "node:assert/strict";
import { DEMO_STEP_MS } from "../../../services/shared/adapters/demo/demo_source.ts";
import { withValues } from "./_change_source.ts";
import { NOW_MS, openWorld } from "./_open_world.ts";

Deno.test("startEtl() forecasts a line within a cycle of its leaving a constant, and chooses in full with it", async () => {
  await using world = openWorld({
    variables: { ETL_SELECTORS: "node_load1" },
    changeSource: withValues((timeMs) => 21 + Math.max(0, Math.floor((timeMs - NOW_MS) / DEMO_STEP_MS))),
  });
  const forecasts = async () => (await world.messages()).filter((message) => message.kind === "forecast");
  await world.untilCycles(1);
  strictEqual((await forecasts()).at(-1)!.method, "constant");
  let seen = 0;
  for (let cycle = 2; cycle <= 6; cycle++) {
    await world.clock.advance(60_000);
    await world.untilCycles(cycle);
    const { method, mean, lower, upper, quick, stepMs, originMs } = (await forecasts()).at(-1)!;
    const moved = Math.max(0, Math.floor((originMs - NOW_MS) / stepMs));
    strictEqual(method === "constant", moved === 0);
    if (moved === 0) continue;
    seen++;
    strictEqual(quick, undefined, "the full choice came in the same cycle");
    const next = 22 + moved;
    ok(lower[0] <= next && next <= upper[0], `${next} in ${lower[0]} … ${upper[0]}`);
    if (moved > 5) ok(Math.abs(mean[9] - (next + 9)) < 5, `${mean[9]} at ${next + 9}`);
  }
  ok(seen >= 4);
});
