import { deepStrictEqual } from "node:assert/strict";
import { openMysqlConnection } from "../../../services/shared/adapters/mysql/mysql_connection.ts";
import { createAlertmanagerNotifier } from "../../../services/shared/adapters/notifiers/alertmanager_notifier.ts";
import { openSqlSlaStore } from "../../../services/shared/adapters/slas/sql_sla_store.ts";
import { openAlertmanager } from "../../servers/alertmanager.ts";
import { requireUrl, serverTest } from "../../servers/server_tests.ts";
import { clockTime, DAY_EVENTS, playDay, tellEvent } from "../../support/sla_day.ts";
import { dropDatabasesMade, urlOf } from "../../support/sql_databases.ts";

const DAY = 24 * 3_600_000;

serverTest(
  { uses: ["mariadb"], starts: ["alertmanager"] },
  "a day told to a real Alertmanager: every alert begins and ends, none lost, none twice",
  async () => {
    // Yesterday: Alertmanager has a clock of its own, for which tomorrow's alerts have not begun.
    const startMs = Math.floor(Date.now() / DAY) * DAY - DAY;
    const heard: string[] = [];
    let changed = Promise.withResolvers<void>();
    const receiver = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
      for (const { status, labels, startsAt, endsAt } of (await request.json()).alerts) {
        const what = labels.burn_rate ?? labels.alertname;
        const times = [startsAt, ...(status === "resolved" ? [endsAt] : [])].map((text) =>
          clockTime(Date.parse(text) - startMs)
        );
        heard.push([what, ...times].join(" "));
      }
      changed.resolve();
      changed = Promise.withResolvers<void>();
      return new Response("ok");
    });
    await using alertmanager = await openAlertmanager({
      webhookUrl: `http://127.0.0.1:${receiver.addr.port}/`,
    });
    const real = createAlertmanagerNotifier({ url: alertmanager.url });
    const url = urlOf(requireUrl("mariadb"), `sla_day_${crypto.randomUUID().slice(0, 8)}`);
    let told = 0;
    try {
      const { events } = await playDay({
        startMs,
        openStore: () => openSqlSlaStore(openMysqlConnection({ url })),
        killBefore: (minute) =>
          minute % 97 === 0 || DAY_EVENTS.some(([time]) => time === clockTime(minute * 60_000)),
        notifier: {
          ...real,
          async send(messages, signal) {
            // One at a time, each heard before the next: Alertmanager itself would sum up what comes at once.
            for (const message of messages) {
              await real.send([message], signal);
              told++;
              while (heard.length < told) await changed.promise;
            }
          },
        },
      });
      deepStrictEqual(events.map((event) => tellEvent(event, startMs)), DAY_EVENTS);
      deepStrictEqual(heard, [
        "PronoiaSlaAtRisk 06:00",
        "PronoiaSlaAtRisk 06:00 06:20",
        "PronoiaSlaViolated 06:20",
        "14.4x-1h 06:29",
        "6x-6h 06:42",
        "PronoiaSlaViolated 06:20 06:50",
        "14.4x-1h 06:29 06:55",
        "6x-6h 06:42 07:19",
        "PronoiaSlaViolated 18:05",
        "PronoiaSlaViolated 18:05 18:20",
        "1x-3d 18:31",
      ]);
    } finally {
      await receiver.shutdown();
      await dropDatabasesMade(requireUrl("mariadb"));
    }
  },
);
