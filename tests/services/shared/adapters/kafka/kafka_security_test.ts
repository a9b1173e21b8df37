import { match, rejects, strictEqual } from "node:assert/strict";
import { openKafkaBus } from "../../../../../services/shared/adapters/kafka/kafka_bus.ts";
import type { KafkaSecurity } from "../../../../../services/shared/adapters/kafka/kafka_security.ts";
import { openShards } from "../../../../../services/shared/adapters/open_shards.ts";
import { SHARDS } from "../../../../../services/shared/domain/shard.ts";
import { makeCertificates } from "../../../../servers/certificates.ts";
import { openKafka } from "../../../../servers/kafka.ts";
import { serverTest } from "../../../../servers/server_tests.ts";
import { reasonOf } from "../../../../support/reason_of.ts";
import { until } from "../../../../support/until.ts";

const PASSWORD = "open sesame";
const message = [{ key: "k", value: new TextEncoder().encode("hello") }];

/** Why a bus is not ready, "" if it is. */
async function busReason(brokers: string, security: KafkaSecurity): Promise<string> {
  await using bus = openKafkaBus({ brokers: [brokers], security, topics: [] });
  return await reasonOf(bus, PASSWORD);
}

/** Sends and receives one message by a group. */
async function goThrough(brokers: string, security: KafkaSecurity): Promise<void> {
  await using bus = openKafkaBus({ brokers: [brokers], security, partitions: 1, topics: [] });
  const topic = `test.${crypto.randomUUID()}`;
  await bus.publish(topic, message);
  strictEqual((await bus.browse(topic, { limit: 2 })).length, 1);
  const stop = new AbortController();
  const seen = Promise.withResolvers<void>();
  const done = bus.subscribe(topic, () => Promise.resolve(seen.resolve()), {
    group: "g",
    signal: stop.signal,
  });
  await seen.promise;
  await bus.ping();
  stop.abort();
  await done;
}

serverTest({ starts: ["kafka"] }, "openKafkaBus() speaks TLS, and says what is wrong", async () => {
  await using certificates = await makeCertificates();
  await using others = await makeCertificates();
  await using kafka = await openKafka({ protocol: "SSL", certificates });
  const { brokers } = kafka;
  const { caFile } = certificates;
  await goThrough(brokers, { tls: true, caFile });
  await goThrough(brokers.replace("127.0.0.1", "localhost"), { tls: true, caFile });
  match(await busReason(brokers, { tls: true }), /no trusted authority signed the broker's.*KAFKA_CA_FILE/);
  match(await busReason(brokers, { tls: true, caFile: others.caFile }), /no trusted authority signed/);
  match(await busReason(brokers, {}), /closed the connection: it stops, or KAFKA_SSL and/);
});

serverTest({ starts: ["kafka"] }, "openKafkaBus() refuses a certificate of another host", async () => {
  await using certificates = await makeCertificates("DNS:elsewhere.example");
  await using kafka = await openKafka({ protocol: "SSL", certificates });
  const security = { tls: true, caFile: certificates.caFile };
  for (const brokers of [kafka.brokers, kafka.brokers.replace("127.0.0.1", "localhost")]) {
    match(await busReason(brokers, security), /does not match certificate's altnames/);
  }
});

serverTest(
  { starts: ["kafka"] },
  "openKafkaBus() logs in by each mechanism, says what is wrong, and goes on once the broker knows it",
  async () => {
    await using certificates = await makeCertificates();
    await using kafka = await openKafka({ protocol: "SASL_SSL", certificates, users: { me: PASSWORD } });
    const { brokers } = kafka;
    const tls = { tls: true, caFile: certificates.caFile };
    const plain = { mechanism: "plain", username: "me", password: PASSWORD } as const;
    await goThrough(brokers, { ...tls, sasl: plain });
    {
      await using shards = await openShards({
        brokers: [brokers],
        security: { ...tls, sasl: plain },
        group: "shards",
      });
      await until(() => shards.owned().size === SHARDS, "all shards");
      await shards.ping();
    }
    match(
      await busReason(brokers, { ...tls, sasl: { ...plain, password: "guess" } }),
      /SASL PLAIN authentication failed: .*Invalid username or password/,
    );
    match(await busReason(brokers, tls), /KAFKA_SSL and KAFKA_SASL_MECHANISM are not what it expects/);
    match(await busReason(brokers, { sasl: plain }), /KAFKA_SSL and KAFKA_SASL_MECHANISM are not what/);

    for (const bits of ["256", "512"] as const) {
      const mechanism = `scram-sha-${bits}` as const;
      const security = { ...tls, sasl: { mechanism, username: "you", password: PASSWORD } };
      await using bus = openKafkaBus({ brokers: [brokers], security, topics: [`early-${bits}`] });
      const stop = new AbortController();
      const seen = Promise.withResolvers<void>();
      const done = bus.subscribe(`early-${bits}`, () => Promise.resolve(seen.resolve()), {
        group: `early-${bits}`,
        signal: stop.signal,
      });
      const published = bus.publish(`early-${bits}`, message);
      await rejects(bus.ping(), { code: "unavailable", message: /SASL SCRAM SHA\d+ authentication failed/ });
      await kafka.setPassword(`SCRAM-SHA-${bits}`, "you", PASSWORD);
      await published;
      await seen.promise;
      await until(() => bus.ping().then(() => true, () => false), "readiness");
      stop.abort();
      await done;
    }
  },
);
