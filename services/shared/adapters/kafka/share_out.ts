import { createHash } from "node:crypto";

/**
 * Shares out `count` shards among members: each gets as many as any other, or one less. A member that comes or goes
 * moves little more than its own share, as each shard stays with the member that ranks first for it (by a hash of
 * both) while that one has room.
 *
 * The members alone decide, so nothing has to be remembered of the shares before.
 */
export function shareOut(members: readonly string[], count: number): ReadonlyMap<string, readonly number[]> {
  const shares = new Map<string, number[]>([...members].sort().map((member) => [member, []]));
  const smallest = Math.floor(count / members.length);
  let larger = count % members.length;
  for (let shard = 0; shard < count && members.length > 0; shard++) {
    const ranked = [...shares].map(([member, share]) => ({ member, share, rank: rankOf(member, shard) }))
      .sort((a, b) => a.rank < b.rank ? -1 : 1);
    const { share } = ranked.find(({ share }) =>
      share.length < smallest || (share.length === smallest && larger > 0)
    )!;
    if (share.length === smallest) larger--;
    share.push(shard);
  }
  return shares;
}

function rankOf(member: string, shard: number): string {
  return createHash("sha256").update(`${shard} ${member}`).digest("hex");
}
