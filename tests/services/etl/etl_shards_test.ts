import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { shardOf } from "../../../services/shared/domain/shard.ts";
import { ALL_SHARDS, createMovingShards, EVEN_SHARDS } from "../../support/moving_shards.ts";
import { until } from "../../support/until.ts";
import { EVERYTHING, openWorld } from "./_open_world.ts";

Deno.test("startEtl() analyses the series of its own shards alone and tells which are another's", async () => {
  await using world = openWorld({ variables: EVERYTHING, shards: createMovingShards(EVEN_SHARDS) });
  const { id, found, kept, dropped, elsewhere, published } = await world.untilCycles(1);
  ok(kept > 0 && elsewhere > 0);
  deepStrictEqual([kept + elsewhere, dropped], [found, 0]);
  strictEqual(published.statistics, 3 * kept);
  const { items } = (await world.get(`/cycles/${id}/series?limit=1000`)).body;
  strictEqual(items.length, found);
  for (const { series, state } of items) {
    strictEqual(state, EVEN_SHARDS.has(shardOf(series.id)) ? "kept" : "elsewhere");
  }
  ok((await world.messages()).every(({ series }) => EVEN_SHARDS.has(shardOf(series.id))));
  const text = await world.metrics.expose();
  ok(text.includes("pronoia_shards_owned 32\n"), text);
});

Deno.test("startEtl() begins a cycle at once for shards it gains, and forgets those it lost", async () => {
  const shards = createMovingShards(new Set());
  await using world = openWorld({ variables: EVERYTHING, shards });
  strictEqual((await world.get("/cycles", { method: "POST" })).status, 409, "nothing to work on yet");
  shards.move(EVEN_SHARDS);
  const first = await world.untilCycles(1);
  await until(() => world.clock.sleeping > 0);
  // While a group settles, everybody owns nothing for a moment.
  shards.move(new Set());
  shards.move(ALL_SHARDS);
  const second = await world.untilCycles(2);
  deepStrictEqual([second.kept, second.elsewhere], [first.found, 0]);
  strictEqual(
    second.published.metadata,
    first.elsewhere,
    "the new ones in full, the others have nothing new",
  );
  await until(() => world.clock.sleeping > 0);
  shards.move(EVEN_SHARDS);
  await world.clock.advance(60_000);
  strictEqual((await world.untilCycles(3)).kept, first.kept);
  await until(() => world.clock.sleeping > 0);
  shards.move(ALL_SHARDS);
  strictEqual(
    (await world.untilCycles(4)).published.metadata,
    first.elsewhere,
    "in full again: they were forgotten",
  );
});

Deno.test("startEtl() is ready as long as it has no shard to work on, however long ago its last cycle was", async () => {
  const shards = createMovingShards(ALL_SHARDS);
  await using world = openWorld({ shards });
  await world.untilCycles(1);
  shards.move(new Set());
  await world.clock.advance(60 * 60_000);
  const { body } = await world.get("/readyz");
  deepStrictEqual([body.dependencies.cycles.status, body.dependencies.cycles.reason], ["ok", undefined]);
  strictEqual((await world.get("/cycles")).body.items.length, 1);
});
