/** A replica as a process of its own, to be killed or stopped: prints the shards it owns whenever they change. */
import { openKafkaShards } from "../../../../services/shared/adapters/kafka_shards.ts";

const [brokers, group] = Deno.args;
await using shards = openKafkaShards({ brokers: [brokers], group });
while (true) {
  console.log(JSON.stringify([...shards.owned()]));
  await shards.changed(new AbortController().signal);
}
