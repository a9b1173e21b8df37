/** What a crash leaves: nothing lost, nothing twice, and all of it at work again without a hand being lifted. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { createNoise } from "../../services/shared/adapters/demo/noise.ts";
import { openBus } from "../../services/shared/adapters/open_bus.ts";
import type { Page } from "../../services/shared/domain/page.ts";
import type { Series } from "../../services/shared/domain/series.ts";
import type { Sla } from "../../services/shared/domain/sla/sla.ts";
import type { SlaStatus } from "../../services/shared/domain/sla/sla_status.ts";
import { DEAD_LETTER_TOPIC, RESULTS_TOPIC } from "../../services/shared/domain/topics.ts";
import { openKafka } from "../servers/kafka.ts";
import { openMariadb } from "../servers/mariadb.ts";
import { openPrometheus } from "../servers/prometheus.ts";
import { serverTest } from "../servers/server_tests.ts";
import { requireOrderlyEnd } from "../support/process.ts";
import { until } from "../support/until.ts";
import { serveGauges } from "./_gauges.ts";
import { isReady, readJson, type RunningService, SERVICES, startService } from "./_services.ts";
import { readPublished, readStored } from "./_stored_rows.ts";

/** How often a service is killed, each in its turn; and what decides the moments. */
const KILLS = Number(Deno.env.get("TEST_KILLS") ?? 4);
const SEED = Number(Deno.env.get("TEST_KILLS_SEED") ?? 1);
const SERIES = 20;
/** Between two kills at most; long enough to start and be at work, short enough to be killed before. */
const PAUSE_MAX_MS = 4_000;
const GROUP = "pronoia.data_storage";

/** Requests that need a server which hangs, each with how it is named: by the service, or by who found it first. */
const HANGING_REQUESTS = [
  ["data_storage", "GET /status", /bus is failing|the database/],
  ["data_storage", "GET /dead-letters", /bus is failing/],
  ["data_storage", "POST /dead-letters/replay", /bus is failing.*; whether it was done is not known/],
  ["data_retrieval", "GET /series", /store is failing|the database/],
  ["sla_manager", "GET /slas", /store is failing|the database/],
  ["sla_manager", "POST /slas", /store is failing.*; whether it was done is not known|the database/],
] as const;

serverTest(
  { starts: ["kafka", "mariadb", "prometheus"] },
  `four services lose and double nothing, killed ${KILLS} times, broker and database once each`,
  async (t) => {
    await using exporter = serveGauges(SERIES);
    await using kafka = await openKafka();
    await using mariadb = await openMariadb();
    await using prometheus = await openPrometheus({
      targets: { killed: [exporter.target] },
      scrapeInterval: "1s",
    });
    const mysqlUrl = `${mariadb.url}killed`;
    const environment = {
      PROMETHEUS_URL: prometheus.url,
      KAFKA_BROKERS: kafka.brokers,
      KAFKA_PARTITIONS: "3",
      MYSQL_URL: mysqlUrl,
      ETL_SELECTORS: '{job="killed",__name__="gauge"}',
      ETL_INTERVAL: "1s",
      ETL_METADATA_INTERVAL: "10s",
      ETL_WINDOWS: "1m,5m",
      ETL_LOOKBACK: "10m",
      ETL_HORIZON: "1m",
      SLA_INTERVAL: "1s",
    };
    await using stack = new AsyncDisposableStack();
    const services = new Map<string, RunningService>();
    const start = async (name: typeof SERVICES[number]) => {
      const service = await startService(name, environment);
      stack.use(service.process);
      services.set(name, service);
    };
    await Promise.all(SERVICES.map(start));
    const service = (name: typeof SERVICES[number]) => services.get(name)!;
    await using bus = await openBus({ brokers: [kafka.brokers], partitions: 3 });
    const lag = async () =>
      (await bus.lag(RESULTS_TOPIC, GROUP)).reduce((sum, partition) => sum + partition.lag, 0);

    let sla: Sla | undefined;
    await t.step("data flow, and a promise is kept an eye on", async () => {
      await until(async () => {
        const answer = await fetch(`${service("data_retrieval").url}/statistics`);
        const body = await answer.json();
        return answer.ok && body.items.length >= SERIES;
      }, "statistics");
      const response = await fetch(`${service("sla_manager").url}/slas`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: "gauges", expression: "gauge", min: -1, max: 2 }),
      });
      strictEqual(response.status, 201);
      sla = await response.json();
    });

    await t.step("killed, at random moments", async () => {
      const random = createNoise(SEED, "kills");
      for (let kill = 0; kill < KILLS; kill++) {
        // Nothing is awaited here: where in its work a service is hit is for chance to say.
        await pause(random.uniform(kill) * PAUSE_MAX_MS);
        // Every four kills each service once, in an order of their own.
        const turn = [...SERVICES].map((name, i) =>
          [random.uniform(1_000 + (kill >> 2) * 4 + i), name] as const
        )
          .sort(([a], [b]) => a - b);
        const [, name] = turn[kill % 4];
        service(name).process.kill("SIGKILL");
        await service(name).process.exit();
        await start(name);
        if (kill === KILLS >> 2) await crash(kafka);
        if (kill === KILLS >> 1) await crash(mariadb);
      }
    });

    await t.step("all become ready and work off what was left", async () => {
      for (const [name, running] of services) {
        await until(() => isReady(running), `readiness of ${name}`);
      }
      // A cycle more, from beginning to end.
      const end = async () =>
        (await bus.lag(RESULTS_TOPIC, GROUP)).reduce((sum, partition) => sum + Number(partition.end), 0);
      const before = await end();
      await until(async () => await end() > before, "new results");
      service("etl").process.kill("SIGTERM");
      strictEqual(await service("etl").process.exit(), 0);
      await until(async () => await lag() === 0, "the end of the backlog");
    });

    await t.step("every acknowledged message is stored, once", async () => {
      const published = await readPublished(bus);
      const stored = await readStored(mysqlUrl);
      ok(published.size > SERIES * 4, `${published.size} keys`);
      deepStrictEqual([...stored.keys()].sort(), [...published.keys()].sort());
      for (const [key, newest] of published) {
        ok(newest.includes(stored.get(key)!), `${key}: ${stored.get(key)} is none of ${newest}`);
      }
      deepStrictEqual(await bus.browse(DEAD_LETTER_TOPIC, { limit: 10 }), []);
    });

    await t.step("readers and judges are at work", async () => {
      const { items } = await readJson<Page<Series>>(`${service("data_retrieval").url}/series`);
      strictEqual(items.length, SERIES);
      await until(async () => {
        const status = await readJson<SlaStatus>(`${service("sla_manager").url}/slas/${sla!.id}/status`);
        // Whether a breach is likely of series this young is not the question here.
        return ["ok", "at_risk"].includes(status.state) && Date.now() - (status.observedAtMs ?? 0) < 10_000;
      }, "the state of the SLA");
    });

    await t.step(
      "with broker and database frozen none is ready after ten seconds, requests say why, and each still ends",
      async () => {
        await start("etl");
        for (const [name, running] of services) await until(() => isReady(running), `readiness of ${name}`);
        await Promise.all([kafka, mariadb].map((server) => server.freeze()));
        const frozenMs = performance.now();
        await Promise.all([...services].map(async ([name, running]) => {
          await until(async () => !await isReady(running), `503 of ${name}`);
          const tookMs = performance.now() - frozenMs;
          ok(tookMs < 11_000, `${name} was said to be ready for ${tookMs} ms`);
        }));
        await Promise.all(HANGING_REQUESTS.map(async ([name, request, reason]) => {
          const [method, path] = request.split(" ");
          const response = await fetch(service(name).url + path, {
            method,
            headers: { "content-type": "application/json" },
            ...(path === "/slas" && method === "POST" && {
              body: JSON.stringify({ name: "hanging", expression: "up", min: 1 }),
            }),
          });
          strictEqual(response.status, 503, request);
          match((await response.json()).detail, reason);
        }));
        for (const [name, { process }] of services) await requireOrderlyEnd(process, name);
      },
    );
  },
);

async function crash(server: { stop(signal: Deno.Signal): Promise<void>; start(): Promise<void> }) {
  await server.stop("SIGKILL");
  await server.start();
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
