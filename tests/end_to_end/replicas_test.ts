/** Replicas share their work, and what one had that crashed is the others' soon after. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Cycle } from "../../services/etl/cycle_log.ts";
import { openBus } from "../../services/shared/adapters/open_bus.ts";
import { ResultMessage } from "../../services/shared/domain/messages.ts";
import { RESULTS_TOPIC } from "../../services/shared/domain/topics.ts";
import { openKafka } from "../servers/kafka.ts";
import { openMariadb } from "../servers/mariadb.ts";
import { openPrometheus } from "../servers/prometheus.ts";
import { serverTest } from "../servers/server_tests.ts";
import { until } from "../support/until.ts";
import { serveGauges } from "./_gauges.ts";
import { readJson, type RunningService, type ServiceName, startService } from "./_services.ts";
import { readPublished, readStored } from "./_stored_rows.ts";

const SERIES = 30;
/** What the port promises; a cycle more until results are there. */
const TAKEOVER_MAX_MS = 15_000;
const GROUP = "pronoia.data_storage";

serverTest(
  { starts: ["kafka", "mariadb", "prometheus"] },
  "two etls share the series, and one goes on with all of them when the other is killed",
  async (t) => {
    await using exporter = serveGauges(SERIES);
    await using kafka = await openKafka();
    await using mariadb = await openMariadb();
    await using prometheus = await openPrometheus({
      targets: { shared: [exporter.target] },
      scrapeInterval: "1s",
    });
    const mysqlUrl = `${mariadb.url}replicas`;
    const environment = {
      PROMETHEUS_URL: prometheus.url,
      KAFKA_BROKERS: kafka.brokers,
      KAFKA_PARTITIONS: "3",
      MYSQL_URL: mysqlUrl,
      ETL_SELECTORS: '{job="shared",__name__="gauge"}',
      ETL_INTERVAL: "1s",
      ETL_METADATA_INTERVAL: "10s",
      ETL_WINDOWS: "1m",
      ETL_LOOKBACK: "10m",
      ETL_HORIZON: "30s",
    };
    await using stack = new AsyncDisposableStack();
    const start = async (name: ServiceName) => {
      const service = await startService(name, environment);
      stack.use(service.process);
      return service;
    };
    const [one, other] = await Promise.all([start("etl"), start("etl"), start("data_storage")]);
    await using bus = await openBus({ brokers: [kafka.brokers], partitions: 3 });

    await t.step("each has a part, both together everything", async () => {
      await until(async () => {
        const cycles = await Promise.all([one, other].map(newestCycle));
        return cycles.every((cycle) => cycle !== undefined && cycle.kept > 0 && cycle.elsewhere > 0);
      }, "two shares");
      const parts = await Promise.all([one, other].map(async (replica) => await keptBy(replica)));
      strictEqual(parts[0].length + parts[1].length, SERIES);
      strictEqual(new Set(parts.flat()).size, SERIES);
      for (const { url } of [one, other]) {
        const [, owned] =
          /^pronoia_shards_owned (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text()) ?? [];
        strictEqual(owned, "32");
        strictEqual((await readJson<Readiness>(`${url}/readyz`)).dependencies.shards.status, "ok");
      }
    });

    await t.step("one is killed: the other has all, and nothing is missing", async () => {
      one.process.kill("SIGKILL");
      const killedAtMs = Date.now();
      await one.process.exit();
      await until(async () => (await newestCycle(other))?.kept === SERIES, "a cycle over all series");
      const tookMs = Date.now() - killedAtMs;
      ok(tookMs < TAKEOVER_MAX_MS + 5_000, `it took ${tookMs} ms`);
      const produced = await newestProduced(bus);
      strictEqual(produced.size, SERIES);
      for (const [id, atMs] of produced) ok(atMs > killedAtMs, `${id} has nothing new since the crash`);
    });

    await t.step("the other ends: a third has all within seconds", async () => {
      const third = await start("etl");
      await until(async () => ((await newestCycle(third))?.kept ?? 0) > 0, "a share of the third");
      other.process.kill("SIGTERM");
      strictEqual(await other.process.exit(), 0);
      const endedMs = performance.now();
      await until(async () => (await newestCycle(third))?.kept === SERIES, "a cycle over all series");
      ok(performance.now() - endedMs < 8_000, `it took ${performance.now() - endedMs} ms`);
      third.process.kill("SIGTERM");
      strictEqual(await third.process.exit(), 0);
    });

    await t.step("what was published is stored, once", async () => {
      const lag = async () =>
        (await bus.lag(RESULTS_TOPIC, GROUP)).reduce((sum, partition) => sum + partition.lag, 0);
      await until(async () => await lag() === 0, "the end of the backlog");
      const [published, stored] = [await readPublished(bus), await readStored(mysqlUrl)];
      deepStrictEqual([...stored.keys()].sort(), [...published.keys()].sort());
      for (const [key, newest] of published) ok(newest.includes(stored.get(key)!), key);
    });
  },
);

interface Readiness {
  readonly dependencies: Readonly<Record<string, { readonly status: string }>>;
}

/** The newest cycle that is done. */
async function newestCycle({ url }: RunningService): Promise<Cycle | undefined> {
  const { items } = await readJson<{ items: readonly Cycle[] }>(`${url}/cycles`);
  return items.find(({ state }) => state === "done");
}

/** Ids of the series that a replica analysed last. */
async function keptBy(replica: RunningService): Promise<readonly string[]> {
  const { id } = (await newestCycle(replica))!;
  const { items } = await readJson<{ items: { state: string; series: { id: string } }[] }>(
    `${replica.url}/cycles/${id}/series?limit=1000`,
  );
  return items.filter(({ state }) => state === "kept").map(({ series }) => series.id);
}

/** When the newest statistics of each series were produced. */
async function newestProduced(
  bus: Awaited<ReturnType<typeof openBus>>,
): Promise<ReadonlyMap<string, number>> {
  const newest = new Map<string, number>();
  for (const { key, value } of await bus.browse(RESULTS_TOPIC, { limit: 1_000_000 })) {
    const { kind, producedAtMs } = ResultMessage.parse(JSON.parse(new TextDecoder().decode(value!)));
    if (kind === "statistics") newest.set(key, Math.max(newest.get(key) ?? 0, producedAtMs));
  }
  return newest;
}
