import { openKafkaBus } from "../../../../services/shared/adapters/kafka_bus.ts";
import { testMessageBus } from "../../../contracts/message_bus.ts";
import { requireUrl, serverTest } from "../../../servers/server_tests.ts";

testMessageBus("KafkaBus", {
  open: () => openKafkaBus({ brokers: [requireUrl("kafka")], partitions: 3, topics: [] }),
  test: (name, body) => serverTest({ uses: ["kafka"] }, name, body),
});
