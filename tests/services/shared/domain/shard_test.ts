import { ok, strictEqual } from "node:assert/strict";
import { seriesId } from "../../../../services/shared/domain/labels.ts";
import { shardOf, SHARDS } from "../../../../services/shared/domain/shard.ts";

Deno.test("shardOf() is the same for ever: another hash would move every series", () => {
  strictEqual(shardOf(""), 0x811c9dc5 % SHARDS);
  // FNV-1a of "foobar" in 32 bits, as its authors give it.
  strictEqual(shardOf("foobar"), 0xbf9cf968 % SHARDS);
});

Deno.test("shardOf() spreads series evenly", () => {
  const counts = new Array(SHARDS).fill(0);
  for (let i = 0; i < 64_000; i++) counts[shardOf(seriesId({ __name__: "load", instance: `host-${i}` }))]++;
  // Binomial of mean 1,000 and deviation 31: five deviations.
  ok(counts.every((count) => Math.abs(count - 1_000) < 155), `${counts}`);
});
