/** A replica as a process of its own, to be killed or stopped: prints the shards it owns whenever they change. */
import { openKafkaShards } from "../../../../../services/shared/adapters/kafka/kafka_shards.ts";

const [brokers, group] = Deno.args;
const stop = new AbortController();
Deno.addSignalListener("SIGTERM", () => stop.abort());
const shards = openKafkaShards({ brokers: [brokers], group });
while (!stop.signal.aborted) {
  console.log(JSON.stringify([...shards.owned()]));
  await shards.changed(stop.signal);
}
await shards[Symbol.asyncDispose]();
Deno.exit(0);
