/** Replicas share their work, and what one had that crashed is the others' soon after. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Cycle } from "../../services/etl/record/cycle_log.ts";
import { openBus } from "../../services/shared/adapters/open_bus.ts";
import type { Page } from "../../services/shared/domain/page.ts";
import { ResultMessage } from "../../services/shared/domain/results/messages.ts";
import type { Sla } from "../../services/shared/domain/sla/sla.ts";
import type { SlaBudget } from "../../services/shared/domain/sla/sla_budget.ts";
import type { SlaEvent } from "../../services/shared/domain/sla/sla_event.ts";
import type { SlaStatus } from "../../services/shared/domain/sla/sla_status.ts";
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
const SLAS = 16;
/** The port promises 15 s; a cycle more until results are there, which a slow machine may take as long for. */
const TAKEOVER_MAX_MS = 30_000;
/** Less than the session of ten seconds that a group would wait for a member that did not take its leave. */
const LEAVE_MAX_MS = 10_000;
const GROUP = "pronoia.data_storage";

serverTest(
  { starts: ["kafka", "mariadb", "prometheus"] },
  "two etls share the series and two sla_managers the SLAs, and one goes on with all when the other is killed",
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
      SLA_INTERVAL: "1s",
      SLA_HORIZON: "30s",
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
        strictEqual(await readGauge(url, "pronoia_shards_owned"), 32);
        strictEqual((await readJson<Readiness>(`${url}/readyz`)).dependencies.shards.status, "ok");
      }
    });

    await t.step("one is killed: the other has all, and nothing is missing", async () => {
      one.process.kill("SIGKILL");
      const killedAtMs = Date.now();
      await one.process.exit();
      await until(async () => (await newestCycle(other))?.kept === SERIES, "a cycle over all series");
      const tookMs = Date.now() - killedAtMs;
      ok(tookMs < TAKEOVER_MAX_MS, `it took ${tookMs} ms`);
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
      ok(performance.now() - endedMs < LEAVE_MAX_MS, `it took ${performance.now() - endedMs} ms`);
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

    const managers = await Promise.all([start("sla_manager"), start("sla_manager")]);
    const [killed, survivor] = managers;
    const count = async ({ url }: RunningService) => await readGauge(url, "pronoia_slas");
    let before: ReadonlyMap<string, Account> = new Map();

    await t.step("each SLA is judged by one of two, and both tell of all", async () => {
      for (let k = 0; k < SLAS; k++) {
        const response = await fetch(`${managers[k % 2].url}/slas`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ name: `gauge ${k}`, expression: `gauge{number="${k}"}`, max: 0.8 }),
        });
        strictEqual(response.status, 201, await response.text());
      }
      await until(async () => {
        const [a, b] = await Promise.all(managers.map(count));
        return a > 0 && b > 0 && a + b === SLAS;
      }, "two shares");
      for (const { url } of managers) await until(() => tellsOfAll(url), "the states of all SLAs");
    });

    await t.step(
      "one is killed: the other goes on with all, no event and no minute lost or doubled",
      async () => {
        before = await readAccounts(survivor.url);
        killed.process.kill("SIGKILL");
        const killedMs = performance.now();
        await killed.process.exit();
        await until(async () => await count(survivor) === SLAS, "the share of the other");
        await until(() => tellsOfAll(survivor.url), "the states of all SLAs");
        ok(performance.now() - killedMs < TAKEOVER_MAX_MS, `it took ${performance.now() - killedMs} ms`);
        // A state is told as soon as it is judged; it is accounted once that is stored.
        let after = before;
        await until(async () => {
          after = await readAccounts(survivor.url);
          return [...after].every(([id, { toMs }]) => toMs > before.get(id)!.toMs);
        }, "every account to go on");
        for (const [id, { toMs, accountedMs }] of after) {
          const then = before.get(id)!;
          strictEqual(accountedMs - then.accountedMs, toMs - then.toMs, `what ${id} was accounted`);
        }
        await requireChains(survivor.url);
      },
    );
  },
);

/** What is accounted of an SLA, and up to when. */
interface Account {
  readonly toMs: number;
  readonly accountedMs: number;
}

async function readGauge(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1]);
}

/** Whether the states of all SLAs are known and young, whoever judges them. */
async function tellsOfAll(url: string): Promise<boolean> {
  const { items } = await readJson<Page<SlaStatus>>(`${url}/slas/status`);
  return items.length === SLAS &&
    items.every(({ state, evaluationAgeMs }) => state !== "unknown" && (evaluationAgeMs ?? Infinity) < 4_000);
}

/** Time accounted of each SLA, good, bad and missing. */
async function readAccounts(url: string): Promise<ReadonlyMap<string, Account>> {
  const { items } = await readJson<Page<Sla>>(`${url}/slas`);
  return new Map(
    await Promise.all(items.map(async ({ id }): Promise<[string, Account]> => {
      const { toMs, goodMs, badMs, missingMs } = await readJson<SlaBudget>(`${url}/slas/${id}/budget`);
      return [id, { toMs, accountedMs: goodMs + badMs + missingMs }];
    })),
  );
}

/** Every change of a state begins with the state that the one before ended with. */
async function requireChains(url: string): Promise<void> {
  const { items } = await readJson<Page<SlaEvent>>(`${url}/slas/events?limit=1000`);
  const changes = items.filter(({ kind }) => kind === "state").toReversed();
  ok(changes.length > SLAS, `${changes.length} changes`);
  const states = new Map<string, SlaEvent["to"]>();
  for (const { slaId, from, to, id } of changes) {
    if (states.has(slaId)) strictEqual(from, states.get(slaId), id);
    states.set(slaId, to);
  }
}

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
