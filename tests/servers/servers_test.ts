import { ok } from "node:assert/strict";
import { answers } from "./_process.ts";
import { openKafka } from "./kafka.ts";
import { openMariadb } from "./mariadb.ts";
import { openPrometheus } from "./prometheus.ts";
import { requireUrl, serverTest } from "./server_tests.ts";

serverTest({ uses: ["prometheus"] }, "the shared Prometheus answers", async () => {
  ok(await answers(`${requireUrl("prometheus")}/-/ready`));
});

serverTest({ uses: ["node_exporter"] }, "the shared node-exporter answers", async () => {
  ok(await answers(`${requireUrl("node_exporter")}/metrics`));
});

serverTest({ uses: ["alertmanager"] }, "the shared Alertmanager answers", async () => {
  ok(await answers(`${requireUrl("alertmanager")}/-/ready`));
});

serverTest({ starts: ["prometheus"] }, "openPrometheus() serves the history it was given", async () => {
  const history = "# TYPE up gauge\nup 1 1700000000\nup 1 1700000060\n# EOF\n";
  await using prometheus = await openPrometheus({ history });
  const response = await fetch(
    `${prometheus.url}/api/v1/query?query=count_over_time(up[5m])&time=1700000060`,
  );
  const body = await response.json();
  ok(body.data.result[0].value[1] === "2");
});

for (const [name, open] of [["kafka", openKafka], ["mariadb", openMariadb]] as const) {
  serverTest({ starts: [name] }, `a ${name} of a test's own starts again after a crash`, async () => {
    await using server = await open();
    await server.stop("SIGKILL");
    await server.start();
  });
}
