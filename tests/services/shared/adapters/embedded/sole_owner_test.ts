import { createSoleOwner } from "../../../../../services/shared/adapters/embedded/sole_owner.ts";
import { testShardOwnership } from "../../../../contracts/shard_ownership.ts";

testShardOwnership("SoleOwner", { open: createSoleOwner, test: (name, body) => Deno.test(name, body) });
