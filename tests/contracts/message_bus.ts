import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { MessageBus, OutgoingMessage } from "../../services/shared/ports/message_bus.ts";
import { until } from "../support/until.ts";
import { consume, valueOf } from "./_bus_consumer.ts";

/**
 * How a bus is opened for the suite: `name` tells one log from another, so that a test may open the same one twice.
 */
export interface BusUnderTest {
  open(name: string): MessageBus | Promise<MessageBus>;
  /** Registers one test. */
  test(name: string, body: () => Promise<void>): void;
}

/** What every MessageBus promises. */
export function testMessageBus(name: string, { open, test }: BusUnderTest): void {
  test(`${name} delivers what was published before and after the group joined, in order per key`, async () => {
    const { topic, log } = fresh();
    await using bus = await open(log);
    await bus.publish(topic, numbered(0, 50));
    const consumer = consume(bus, topic, "a");
    await consumer.until(50);
    await bus.publish(topic, numbered(50, 100));
    await consumer.until(100);
    await consumer.stop();
    deepStrictEqual(consumer.values().toSorted((a, b) => a - b), range(0, 100));
    for (const key of ["k0", "k1", "k2"]) {
      const ofKey = consumer.messages.filter((message) => message.key === key).map(valueOf);
      deepStrictEqual(ofKey, ofKey.toSorted((a, b) => a - b), `order of ${key}`);
    }
  });

  test(`${name} carries keys, values and headers exactly`, async () => {
    const { topic, log } = fresh();
    await using bus = await open(log);
    const every = Uint8Array.from({ length: 256 }, (_, i) => i);
    const sent: readonly OutgoingMessage[] = [
      { key: "", value: every, headers: { "reason": '日本 "quoted" \\ 🚀 ', "empty": "" } },
      { key: "ключ \0 ' ; DROP TABLE", value: new Uint8Array(0) },
      { key: "tombstone", value: null, headers: {} },
      { key: "long", value: new Uint8Array(700_000).fill(7) },
    ];
    for (const message of sent) await bus.publish(topic, [message]);
    const consumer = consume(bus, topic, "a");
    await consumer.until(4);
    await consumer.stop();
    for (const message of sent) {
      const got = consumer.messages.find(({ key }) => key === message.key);
      ok(got !== undefined, `a message with key ${JSON.stringify(message.key)}`);
      deepStrictEqual(
        got.value === null ? null : [...got.value],
        message.value === null ? null : [...message.value],
      );
      deepStrictEqual({ ...got.headers }, message.headers ?? {});
      strictEqual(got.topic, topic);
    }
  });

  test(`${name} delivers a batch again whose handler rejected, and commits what was handled`, async () => {
    const { topic, log } = fresh();
    {
      await using bus = await open(log);
      await bus.publish(topic, numbered(0, 10));
      let failures = 0;
      const consumer = consume(bus, topic, "a", () => {
        if (failures++ < 2) throw new Error("not yet");
      });
      await consumer.until(10);
      await consumer.stop();
      deepStrictEqual(consumer.values().toSorted((a, b) => a - b), range(0, 10));
    }
    await using bus = await open(log);
    await bus.publish(topic, numbered(10, 12));
    const consumer = consume(bus, topic, "a");
    await consumer.until(2);
    await consumer.stop();
    deepStrictEqual(consumer.values().toSorted((a, b) => a - b), [10, 11]);
  });

  test(`${name} gives every group all messages`, async () => {
    const { topic, log } = fresh();
    await using bus = await open(log);
    await bus.publish(topic, numbered(0, 5));
    for (const group of ["a", "b"]) {
      const consumer = consume(bus, topic, group);
      await consumer.until(5);
      await consumer.stop();
      strictEqual(consumer.messages.length, 5);
    }
  });

  test(`${name} hands over at most batchMax messages, of one partition`, async () => {
    const { topic, log } = fresh();
    await using bus = await open(log);
    await bus.publish(topic, numbered(0, 25));
    const sizes: number[] = [];
    const consumer = consume(bus, topic, "a", (batch) => {
      sizes.push(batch.length);
      strictEqual(new Set(batch.map(({ partition }) => partition)).size, 1);
    }, 7);
    await consumer.until(25);
    await consumer.stop();
    ok(Math.max(...sizes) <= 7, `sizes ${sizes}`);
  });

  test(`${name} tells where a group stands`, async () => {
    const { topic, log } = fresh();
    await using bus = await open(log);
    await bus.publish(topic, numbered(0, 9));
    strictEqual(sum(await bus.lag(topic, "a")), 9);
    const consumer = consume(bus, topic, "a");
    await consumer.until(9);
    await consumer.stop();
    const lag = await bus.lag(topic, "a");
    strictEqual(sum(lag), 0);
    strictEqual(lag.reduce((total, { end }) => total + Number(end), 0), 9);
  });

  test(`${name} can be browsed by pages without a group`, async () => {
    const { topic, log } = fresh();
    await using bus = await open(log);
    deepStrictEqual(await bus.browse(topic, { limit: 5 }), []);
    await bus.publish(topic, numbered(0, 12));
    const seen: number[] = [];
    const after: Record<number, string> = {};
    for (let page = 0; page < 12; page++) {
      const messages = await bus.browse(topic, { limit: 5, after });
      if (messages.length === 0) break;
      ok(messages.length <= 5);
      for (const message of messages) {
        seen.push(valueOf(message));
        const last = after[message.partition];
        ok(last === undefined || BigInt(message.offset) > BigInt(last), "oldest first");
        after[message.partition] = message.offset;
      }
    }
    deepStrictEqual(seen.toSorted((a, b) => a - b), range(0, 12));
    strictEqual(sum(await bus.lag(topic, "nobody")), 12);
  });

  test(`${name} ends what is browsed once it is so many bytes`, async () => {
    const { topic, log } = fresh();
    await using bus = await open(log);
    const value = new Uint8Array(100_000);
    await bus.publish(topic, Array.from({ length: 60 }, () => ({ key: "k", value })));
    strictEqual((await bus.browse(topic, { limit: 99, bytesMax: 1 })).length, 1);
    strictEqual((await bus.browse(topic, { limit: 99, bytesMax: 250_000 })).length, 3);
    strictEqual((await bus.browse(topic, { limit: 2, bytesMax: 250_000 })).length, 2);
    strictEqual((await bus.browse(topic, { limit: 99, bytesMax: 9_000_000 })).length, 60);
  });

  test(`${name} settles a subscription after the batch under way`, async () => {
    const { topic, log } = fresh();
    await using bus = await open(log);
    await bus.publish(topic, numbered(0, 1));
    const stop = new AbortController();
    const entered = Promise.withResolvers<void>();
    const leave = Promise.withResolvers<void>();
    let aborted = false;
    const done = bus.subscribe(topic, async (_batch, signal) => {
      signal.addEventListener("abort", () => aborted = true);
      entered.resolve();
      await leave.promise;
    }, { group: "a", signal: stop.signal });
    await entered.promise;
    stop.abort();
    leave.resolve();
    await done;
    ok(aborted, "the handler is told");
    strictEqual(sum(await bus.lag(topic, "a")), 0);
  });

  test(`${name} shares a topic between subscribers of one group`, async () => {
    const { topic, log } = fresh();
    await using bus = await open(log);
    const one = consume(bus, topic, "a");
    const other = consume(bus, topic, "a");
    await bus.publish(topic, numbered(0, 60));
    await until(() => new Set([...one.values(), ...other.values()]).size === 60);
    await Promise.all([one.stop(), other.stop()]);
    strictEqual(sum(await bus.lag(topic, "a")), 0);
  });

  test(`${name} refuses to publish once its caller has given up`, async () => {
    const { topic, log } = fresh();
    await using bus = await open(log);
    let refused = false;
    await bus.publish(topic, numbered(0, 1), AbortSignal.abort()).catch(() => refused = true);
    ok(refused);
    await bus.ping();
  });
}

function fresh(): { topic: string; log: string } {
  const id = crypto.randomUUID();
  return { topic: `test.${id}`, log: id };
}

function numbered(from: number, to: number): OutgoingMessage[] {
  return range(from, to).map((i) => ({ key: `k${i % 3}`, value: new TextEncoder().encode(`${i}`) }));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function sum(lag: readonly { readonly lag: number }[]): number {
  return lag.reduce((total, partition) => total + partition.lag, 0);
}
