import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { shareOut } from "../../../../../services/shared/adapters/kafka/share_out.ts";

const anyMembers = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 20 });

Deno.test("shareOut() gives every shard to one member, and each as many as any other or one less", () => {
  fc.assert(
    fc.property(anyMembers, fc.integer({ min: 1, max: 80 }), (members, count) => {
      const shares = shareOut(members, count);
      deepStrictEqual([...shares.keys()].sort(), [...members].sort());
      const all = [...shares.values()].flat().sort((a, b) => a - b);
      deepStrictEqual(all, Array.from({ length: count }, (_, shard) => shard));
      const sizes = [...shares.values()].map(({ length }) => length);
      ok(Math.max(...sizes) - Math.min(...sizes) <= 1, `${sizes}`);
    }),
    { seed: 1 },
  );
});

Deno.test("shareOut() does not depend on the order of the members", () => {
  fc.assert(
    fc.property(anyMembers, (members) => {
      deepStrictEqual([...shareOut(members, 64)].sort(), [...shareOut(members.toReversed(), 64)].sort());
    }),
    { seed: 1 },
  );
});

Deno.test("shareOut() has nobody give to nobody", () => strictEqual(shareOut([], 64).size, 0));

Deno.test("shareOut() leaves most shards where they were when a member joins", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { minLength: 2, maxLength: 9 }), ([newcomer, ...members]) => {
      const [before, after] = [shareOut(members, 64), shareOut([newcomer, ...members], 64)];
      const kept = members.flatMap((member) =>
        after.get(member)!.filter((shard) => before.get(member)!.includes(shard))
      );
      // The newcomer's share has to move; of the rest a little does.
      const least = 64 / (members.length + 1);
      ok(64 - kept.length <= 2 * least + 4, `${64 - kept.length} of 64 moved to the ${members.length + 1}th`);
    }),
    { seed: 1, numRuns: 300 },
  );
});
