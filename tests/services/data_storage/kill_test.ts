import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { openBus } from "../../../services/shared/adapters/open_bus.ts";
import { openResultReader, openResultWriter } from "../../../services/shared/adapters/open_store.ts";
import { DEAD_LETTER_TOPIC, RESULTS_TOPIC } from "../../../services/shared/domain/topics.ts";
import type { MessageBus } from "../../../services/shared/ports/message_bus.ts";
import type { ResultReader } from "../../../services/shared/ports/result_reader.ts";
import { openKafka } from "../../servers/kafka.ts";
import { openMariadb } from "../../servers/mariadb.ts";
import { serverTest } from "../../servers/server_tests.ts";
import { outgoing } from "../../support/poison.ts";
import { startProcess } from "../../support/process.ts";
import { seriesOf, statisticsMessage } from "../../support/result_messages.ts";
import { taskArguments } from "../../support/task_arguments.ts";
import { until } from "../../support/until.ts";

/** A killed member of a Kafka group is missed after ten seconds, so each kill takes as long. */
const KAFKA_KILLS = Number(Deno.env.get("TEST_KAFKA_KILLS") ?? 3);
const EMBEDDED_KILLS = 20;
const GROUP = "pronoia.data_storage";

Deno.test(`data_storage on embedded parts loses and doubles nothing, killed ${EMBEDDED_KILLS} times`, async () => {
  const folder = await Deno.makeTempDir();
  const program = new URL("embedded_process.ts", import.meta.url).pathname;
  const acknowledged: number[] = [];
  for (let kill = 0; kill < EMBEDDED_KILLS; kill++) {
    const first = kill * 1_000_000;
    await using process = startProcess([program], { FOLDER: folder, FIRST: `${first}` });
    // Somewhere in the course of some batches, elsewhere each time.
    await process.line(new RegExp(`acknowledged ${first + 10 * kill} `));
    process.kill("SIGKILL");
    await process.exit();
    for (const [, from] of process.output().matchAll(/^acknowledged (\d+) to/gm)) {
      acknowledged.push(Number(from));
    }
  }
  {
    // A last one works off what the others left.
    await using process = startProcess([program], { FOLDER: folder, FIRST: "99000000" });
    await process.line(/acknowledged 99000000 /);
    await using bus = await openBus({ path: `${folder}/bus.sqlite` });
    const before = Number((await bus.lag(RESULTS_TOPIC, GROUP))[0].end);
    await until(async () => Number((await bus.lag(RESULTS_TOPIC, GROUP))[0].committed) >= before);
  }
  await using bus = await openBus({ path: `${folder}/bus.sqlite` });
  await using reader = await openResultReader({ sqlitePath: `${folder}/store.sqlite` });
  const numbers = acknowledged.flatMap((from) => Array.from({ length: 10 }, (_, i) => from + i));
  await requireStored(reader, numbers);
  await requireLetters(bus, acknowledged.map((from) => `poison ${from}`));
  await Deno.remove(folder, { recursive: true });
});

serverTest(
  { starts: ["kafka", "mariadb"] },
  `data_storage on Kafka and MariaDB loses and doubles nothing, killed ${KAFKA_KILLS} times`,
  async () => {
    await using kafka = await openKafka();
    await using mariadb = await openMariadb();
    const mysqlUrl = `${mariadb.url}killed`;
    const start = () =>
      startProcess(taskArguments("data_storage"), {
        KAFKA_BROKERS: kafka.brokers,
        MYSQL_URL: mysqlUrl,
        PORT: "0",
        KAFKA_PARTITIONS: "3",
      });
    await using bus = await openBus({ brokers: [kafka.brokers], partitions: 3 });
    const acknowledged: number[] = [];
    const stop = new AbortController();
    const publishing = (async () => {
      for (let k = 0; !stop.signal.aborted; k += 10) {
        await bus.publish(RESULTS_TOPIC, [
          ...Array.from(
            { length: 10 },
            (_, i) =>
              outgoing(statisticsMessage({ series: seriesOf("killed", { n: `${k + i}` }), mean: k + i })),
          ),
          { key: `${k}`, value: new TextEncoder().encode(`poison ${k}`) },
        ]);
        acknowledged.push(k);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const committed = async () =>
      (await bus.lag(RESULTS_TOPIC, GROUP)).reduce((sum, { committed }) => sum + Number(committed), 0);
    try {
      for (let kill = 0; kill < KAFKA_KILLS; kill++) {
        const before = await committed();
        await using process = start();
        await until(async () => await committed() > before, "progress");
        process.kill("SIGKILL");
      }
    } finally {
      stop.abort();
      await publishing;
    }
    {
      await using _process = start();
      await until(async () => (await bus.lag(RESULTS_TOPIC, GROUP)).every(({ lag }) => lag === 0), "no lag");
    }
    await using reader = await openResultReader({ mysqlUrl });
    ok(acknowledged.length > 10);
    await requireStored(
      reader,
      acknowledged.flatMap((from) => Array.from({ length: 10 }, (_, i) => from + i)),
    );
    await requireLetters(bus, acknowledged.map((from) => `poison ${from}`));
    await using writer = await openResultWriter({ mysqlUrl });
    strictEqual((await writer.count()).rows.statistics, acknowledged.length * 10);
  },
);

async function requireStored(reader: ResultReader, numbers: readonly number[]): Promise<void> {
  const stored = new Set<number>();
  let cursor: string | undefined;
  do {
    const page = await reader.listLatest("statistics", { name: "killed" }, { limit: 1_000, cursor });
    for (const { mean } of page.items) stored.add(mean!);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  deepStrictEqual(numbers.filter((n) => !stored.has(n)), [], "acknowledged but not stored");
}

/** Every acknowledged poison has one letter; one that was not acknowledged may have one as well. */
async function requireLetters(bus: MessageBus, poison: readonly string[]): Promise<void> {
  const letters = await bus.browse(DEAD_LETTER_TOPIC, { limit: 10_000 });
  const values = letters.map(({ value }) => new TextDecoder().decode(value!));
  strictEqual(new Set(values).size, values.length, "a letter is there twice");
  deepStrictEqual(poison.filter((value) => !values.includes(value)), [], "acknowledged but not put aside");
}
